using BtcAgent.Silo.Logs;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Silo.Tests.Logs;

public sealed class RepeatedLinesTests
{
    private readonly SteppingTime _time = new();
    private readonly RepeatedLines _lines;

    public RepeatedLinesTests() => _lines = new RepeatedLines(_time);

    [Fact]
    public void Passes_SameKindOverAndOver_LetsTheFirstThroughAndCountsTheRest()
    {
        var passed = Enumerable.Range(0, 10_000).Count(i => _lines.Passes(Kind(1), () => $"line {i}"));
        Assert.Empty(_lines.Take());
        _time.Advance(RepeatedLines.Window);

        var taken = Assert.Single(_lines.Take());

        Assert.Equal(RepeatedLines.Burst, passed);
        Assert.Equal((Kind(1), 10_000 - RepeatedLines.Burst, $"line {RepeatedLines.Burst}"), taken);
        Assert.True(_lines.Passes(Kind(1), () => ""));
    }

    [Fact]
    public void Passes_SeldomLines_AllPassAndNothingIsTold()
    {
        for (var minute = 0; minute < 10; minute++)
        {
            Assert.True(_lines.Passes(Kind(1), () => ""));
            Assert.True(_lines.Passes(Kind(2), () => ""));
            _time.Advance(RepeatedLines.Window);
            Assert.Empty(_lines.Take());
        }
    }

    [Fact]
    public void Passes_KindsWithoutEnd_ShareACountBeyondTheMost()
    {
        var passed = Enumerable.Range(0, 50_000).Count(i => _lines.Passes(Kind(i), () => "text"));
        _time.Advance(RepeatedLines.Window);

        Assert.Equal(RepeatedLines.KindsMax + RepeatedLines.Burst, passed);
        Assert.Equal(LineKind.Other, Assert.Single(_lines.Take()).Kind);
    }

    [Theory]
    [InlineData(-86_400)]
    [InlineData(86_400)]
    public void Take_ClockIsSet_WindowLastsAsLong(int seconds)
    {
        for (var i = 0; i < 10; i++)
        {
            _lines.Passes(Kind(1), () => "text");
        }

        _time.Step(TimeSpan.FromSeconds(seconds));
        Assert.Empty(_lines.Take());
        _time.Advance(RepeatedLines.Window);
        Assert.Single(_lines.Take());
    }

    private static LineKind Kind(int id) => new("Orleans.Grain", id, LogLevel.Error, null);
}
