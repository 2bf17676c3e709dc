using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Snapshots;
using BtcAgent.Domain.Strategies;
using BtcAgent.Domain.Tests.Risk;
using static BtcAgent.Domain.Tests.Strategies.StrategyFixture;

namespace BtcAgent.Domain.Tests.Strategies;

public sealed class StrategyTests
{
    [Fact]
    public void Score_BeforeAndAfterWarmUp_GivesDirectionConfidenceAndReason()
    {
        var strategy = Created(() => new BandStrategy(1, 3));

        Assert.Equal("no bar has closed yet", Score(strategy).NotReady);
        Assert.Equal("needs 3 bars", Score(strategy, BarAt(0, 100), BarAt(1, 101)).NotReady);
        var entered = Score(strategy, BarAt(2, 90));

        Assert.Equal(
            (SignalDirection.Long, 0.6, 0.6, 12.0, "below the lower band", null),
            (entered.Direction, entered.Confidence, entered.Score, entered.ExpectedMoveBps, entered.Reason, entered.NotReady));
    }

    [Fact]
    public void Keep_AfterASignal_HasItsDirectionAndConfidence()
    {
        var strategy = Created(() => new BandStrategy(1, 3));
        var kept = Score(strategy, BarAt(0, 100), BarAt(1, 101), BarAt(2, 90), BarAt(3, 95));

        Assert.Equal(
            (SignalDirection.Long, 0.6, 12.0, "between the bands"), (kept.Direction, kept.Confidence, kept.ExpectedMoveBps, kept.Reason));
    }

    [Fact]
    public void Short_ConfidenceAboveOne_IsClamped() =>
        Assert.Equal((SignalDirection.Short, 1.0), DirectionOf(Score(
        Created(() => new BandStrategy(1, 3)), BarAt(0, 100), BarAt(1, 100), BarAt(2, 300))));

    /// <summary>Bars of a minute are the same whether the agent builds seconds or minutes.</summary>
    [Fact]
    public void OnBar_SecondsAndMinutes_DecidesTheSame()
    {
        var (fine, coarse) = (Created(() => new BandStrategy(60, 3)), Created(() => new BandStrategy(60, 3), agentBarSeconds: 60));
        var random = new Random(7);
        for (var minute = 0; minute < 40; minute++)
        {
            var merger = new BarMerger(TimeSpan.FromMinutes(1));
            for (var second = minute * 60; second < (minute + 1) * 60; second++)
            {
                var bar = BarAt(second, 100 + random.Next(-9, 9), volume: random.Next(2), range: 1);
                ((ISignalModel)fine).OnBar(in bar);
                merger.OnBar(in bar);
            }

            Assert.True(merger.TryTakeClosed(out var whole));
            Assert.Equal(TimeSpan.FromMinutes(1), whole.Interval);
            Assert.Equal(Score(coarse, whole), Score(fine));
        }

        Assert.Equal(coarse.Seen, fine.Seen);
    }

    [Fact]
    public void Create_AgentBarsThatDoNotDivideItsOwn_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => Created(() => new BandStrategy(60, 3), agentBarSeconds: 3_600));

        Assert.Contains("decides on bars of 60 s, which cannot be made of bars of 3600 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnBar_StrategyThrows_DecidesNothingAfterwardsAndSaysWhy()
    {
        var strategy = Created(() => new BandStrategy(1, 2));
        var failed = Score(strategy, BarAt(0, 100), BarAt(1, 101), BarAt(2, 666), BarAt(3, 90));

        Assert.Equal(
            "the strategy failed and decides nothing until it is created again: InvalidOperationException: a price of the devil", failed.NotReady);
        Assert.IsType<InvalidOperationException>(strategy.Failure);
        Assert.Equal(3, strategy.Seen.Count);
    }

    [Fact]
    public void Load_SavedAtAnyBar_ContinuesIdentically()
    {
        var random = new Random(3);
        Bar[] bars = [.. Enumerable.Range(0, 200).Select(i => BarAt(i, 100 + random.Next(-9, 9), volume: random.Next(3)))];
        for (var cut = 0; cut < 60; cut++)
        {
            var whole = Created(() => new BandStrategy(7, 3));
            Score(whole, bars.AsSpan(0, cut));
            var loaded = Loaded(Created(() => new BandStrategy(7, 3)), Saved(whole));
            for (var i = cut; i < bars.Length; i++)
            {
                Assert.Equal(Score(whole, bars[i]), Score(loaded, bars[i]));
            }

            Assert.Equal(Saved(whole), Saved(loaded));
        }
    }

    /// <summary>A restart may deliver bars again that the saved state contains.</summary>
    [Fact]
    public void OnBar_BarsThatTheStateContains_AreIgnored()
    {
        var whole = Created(() => new BandStrategy(2, 2));
        Bar[] bars = [.. Enumerable.Range(0, 9).Select(i => BarAt(i, 100 + (i * i)))];
        Score(whole, bars);
        var loaded = Loaded(Created(() => new BandStrategy(2, 2)), Saved(whole));

        Score(loaded, bars.AsSpan(4));

        Assert.Equal(Saved(whole), Saved(loaded));
    }

    [Fact]
    public void OnSample_NamedFeature_IsTheSamples()
    {
        var schema = Schema(1);
        var sample = RiskFixture.Sample() with
        {
            Values = [.. Enumerable.Range(0, schema.Count).Select(i => i == schema.IndexOf("ofi_15s") ? 0.75f : float.NaN)],
        };
        var strategy = (ISignalModel)Created(() => new FlowStrategy("ofi_15s"));

        Assert.Equal((0.75, "flow at 50000"), (strategy.Score(sample).Confidence, strategy.Score(sample).Reason));
    }

    [Fact]
    public void OnSample_UnknownFeature_NamesTheKnown() => Assert.Contains(
        "feature 'flow' is not in schema v3: known are",
        Score(Created(() => new FlowStrategy("flow"))).NotReady,
        StringComparison.Ordinal);

    private static (SignalDirection, double) DirectionOf(ModelScore score) => (score.Direction, score.Confidence);

    private sealed class FlowStrategy(string feature) : SampleStrategy
    {
        protected override StrategySignal OnSample(in MarketView market) =>
            Long(FormattableString.Invariant($"flow at {market.Mid:F0}"), confidence: market[feature]);

        protected override void SaveState(StateWriter writer)
        {
        }

        protected override void LoadState(StateReader reader)
        {
        }
    }
}
