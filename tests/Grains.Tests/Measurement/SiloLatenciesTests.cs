using BtcAgent.Contracts.Measurement;
using BtcAgent.Grains.Measurement;

namespace BtcAgent.Grains.Tests.Measurement;

public sealed class SiloLatenciesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly SiloLatencies _latencies = new();

    [Fact]
    public void Read_TwoSilos_PercentilesAreOverBoth()
    {
        _latencies.Report("a", Counts(times: 98, milliseconds: 2), Start);
        _latencies.Report("b", Counts(times: 2, milliseconds: 400), Start);

        var read = Read(Start);

        Assert.Equal(100, read.Count);
        Assert.InRange(read.P50Ms, 1.98, 2.02);
        Assert.InRange(read.P99Ms, 396, 404);
        Assert.InRange(read.MaxMs, 396, 404);
    }

    [Fact]
    public void Read_SiloTellsAgain_NothingIsCountedTwice()
    {
        _latencies.Report("a", Counts(times: 10, milliseconds: 2), Start);
        _latencies.Report("a", Counts(times: 11, milliseconds: 2), Start.AddSeconds(1));

        Assert.Equal(11, Read(Start.AddSeconds(1)).Count);
    }

    [Fact]
    public void Read_SiloFallsSilent_NoLongerCounts()
    {
        _latencies.Report("a", Counts(times: 10, milliseconds: 2), Start);
        _latencies.Report("b", Counts(times: 3, milliseconds: 400), Start.AddSeconds(10));

        Assert.Equal(13, Read(Start + SiloLatencies.SilenceMax).Count);
        Assert.Equal(3, Read(Start + SiloLatencies.SilenceMax + TimeSpan.FromMilliseconds(1)).Count);
    }

    [Fact]
    public void ReadLately_SeveralSilos_TheFarthestBehindCountsUntilItFallsSilent()
    {
        Assert.Null(_latencies.ReadLately(Start).SinkLagSeconds);
        _latencies.Report("a", Counts(times: 10, milliseconds: 2, sinkLagSeconds: 40), Start);
        _latencies.Report("b", Counts(times: 3, milliseconds: 400), Start.AddSeconds(10));

        var read = _latencies.ReadLately(Start.AddSeconds(10));
        Assert.Equal(40, read.SinkLagSeconds);
        Assert.Equal(13, read.Latencies.Single(stage => stage.Stage == LatencyStage.TickToOrder).Count);
        Assert.Equal(0, _latencies.ReadLately(Start.AddSeconds(16)).SinkLagSeconds);
    }

    [Fact]
    public void Read_NothingTold_EveryStageIsThereWithZeroCount()
    {
        var read = _latencies.Read(Start);

        Assert.Equal(Enum.GetValues<LatencyStage>(), read.Select(stage => stage.Stage));
        Assert.All(read, stage => Assert.Equal(0, stage.Count));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.777)]
    [InlineData(12.345)]
    [InlineData(1_234.5)]
    [InlineData(60_000)]
    public void Counts_ToldOn_AreWithinAHundredth(double milliseconds)
    {
        _latencies.Report("a", Counts(times: 7, milliseconds), Start);

        var read = Read(Start);
        Assert.Equal(7, read.Count);
        Assert.InRange(read.P50Ms, milliseconds * 0.99, milliseconds * 1.01);
    }

    private LatencyPercentiles Read(DateTimeOffset now) => _latencies.Read(now).Single(stage => stage.Stage == LatencyStage.TickToOrder);

    private static SiloFigures Counts(int times, double milliseconds, double sinkLagSeconds = 0)
    {
        var board = new LatencyBoard(TimeProvider.System);
        for (var i = 0; i < times; i++)
        {
            board.Record(LatencyStage.TickToOrder, TimeSpan.FromMilliseconds(milliseconds));
        }

        return new SiloFigures(board.Counts(), board.CountsLately(), sinkLagSeconds);
    }
}
