using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Tests.Risk;
using static BtcAgent.Domain.Signals.SignalDirection;

namespace BtcAgent.Domain.Tests.Signals;

public sealed class ModelTallyTests
{
    private readonly ModelTally _tally = new("m", "h");

    [Fact]
    public void Add_BesideAChampion_CountsOnlyWhereBothAreValid()
    {
        _tally.Add(SignalOf(Long), At(0), SignalOf(Long));
        _tally.Add(SignalOf(Long), At(1), SignalOf(Short));
        _tally.Add(SignalOf(Long), At(2), SignalOf(Long, refused: true));
        _tally.Add(SignalOf(Long, refused: true), At(3), SignalOf(Long));
        _tally.Add(SignalOf(Flat), At(4));

        var run = _tally.Read();
        Assert.Equal((5, 1, 2, 1), (run.Scored, run.Refused, run.Compared, run.Agreed));
        Assert.Equal(("m", "h", Flat), (run.ModelId, run.ModelHash, run.LastSignal!.Direction));
    }

    [Theory]
    [InlineData(Long, 100, 1, 1)]
    [InlineData(Long, -100, 1, 0)]
    [InlineData(Short, -100, 1, 1)]
    [InlineData(Long, 0, 1, 0)]
    [InlineData(Flat, 100, 0, 0)]
    public void Add_HorizonPassed_JudgesTheDirection(SignalDirection direction, int move, long judged, long hits)
    {
        _tally.Add(SignalOf(direction), At(0));
        _tally.Add(SignalOf(Flat), At(59_999, move));
        Assert.Equal(0, _tally.Read().Judged);

        _tally.Add(SignalOf(Flat), At(60_000, move));

        Assert.Equal((judged, hits), (_tally.Read().Judged, _tally.Read().Hits));
    }

    [Fact]
    public void Add_RefusedSignal_IsNotJudged()
    {
        _tally.Add(SignalOf(Long, refused: true), At(0));
        _tally.Add(SignalOf(Flat), At(60_000, 100));
        Assert.Equal(0, _tally.Read().Judged);
    }

    [Fact]
    public void AddFailure_IsCountedApart()
    {
        _tally.AddFailure("broken");
        Assert.Equal((0, 1, "broken"), (_tally.Read().Scored, _tally.Read().Failed, _tally.Read().LastFailure));
    }

    private static FeatureSample At(double ms, int move = 0) => RiskFixture.Sample(ms) with
    {
        Quote = RiskFixture.QuoteOf($"{49_999 + move}", $"{50_001 + move}"),
    };

    private static Signal SignalOf(SignalDirection direction, bool refused = false) =>
        RiskFixture.Input(direction).Signal with { Refusals = refused ? [new SignalRefusal("X", "x")] : [] };
}
