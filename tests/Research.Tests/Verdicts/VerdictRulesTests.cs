using System.Collections.Immutable;
using BtcAgent.Domain.Models;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Leakage;
using BtcAgent.Research.Metrics;
using BtcAgent.Research.Verdicts;

namespace BtcAgent.Research.Tests.Verdicts;

/// <summary>Each rule decides alone, and a leak or a failed audit outweighs every other.</summary>
public sealed class VerdictRulesTests
{
    private static readonly LookAheadReport Audited = new(AuditKind.Recomputed, 12, []);
    private static readonly LeakageReport Clean = new(Audited, 3, []);
    private static readonly LeakageReport Leaky = new(Audited, 3, [new LeakSuspicion("volume", "label", 0.99, 0.5, 1_000)]);
    private static readonly LeakageReport Ahead = new(
        Audited with { Differences = [new LookAheadDifference(Market.Start, "rsi", 50, 40, Market.Start)] }, 3, []);

    [Fact]
    public void Of_EverythingHolds_SurvivesWithEveryMeasurement()
    {
        var verdict = VerdictRules.Of(Good);

        Assert.True(verdict.Survives, verdict.Headline());
        Assert.Equal(10, verdict.Reasons.Length);
        Assert.All(verdict.Reasons, r => Assert.True(r.Holds, r.Text));
        Assert.Contains("5 of 5 folds gained", verdict.Headline(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(VerdictState.TooFewTrades, "TRADES")]
    [InlineData(VerdictState.Undefined, "RETURNS_VARY")]
    [InlineData(VerdictState.LosesToCosts, "COSTS")]
    [InlineData(VerdictState.FoldsDisagree, "FOLDS")]
    [InlineData(VerdictState.NotDistinguishable, "DEFLATED_SHARPE")]
    [InlineData(VerdictState.Overfit, "OVERFITTING")]
    [InlineData(VerdictState.TrackTooShort, "TRACK_LENGTH")]
    [InlineData(VerdictState.NotJudged, "CHECKED")]
    public void Of_OneRuleFails_NamesItFirstAndALeakStillWins(VerdictState state, string code)
    {
        var evidence = Spoilt(state);

        var verdict = VerdictRules.Of(evidence);

        Assert.Equal(state, verdict.State);
        Assert.False(verdict.Survives);
        Assert.Equal(code, verdict.Reasons[0].Code);
        Assert.False(verdict.Reasons[0].Holds);
        Assert.Contains(verdict.Reasons[0].Text, verdict.Headline(), StringComparison.Ordinal);
        Assert.Equal(VerdictState.Leaks, VerdictRules.Of(evidence with { Leakage = Leaky }).State);
        Assert.Equal(VerdictState.LooksAhead, VerdictRules.Of(evidence with { Leakage = Ahead }).State);
    }

    [Fact]
    public void Of_LeakUnderASplendidRun_SaysSoFirstAndNothingOfTheProfit()
    {
        var verdict = VerdictRules.Of(Good with { Leakage = Leaky });

        Assert.StartsWith("LEAK", verdict.Headline(), StringComparison.Ordinal);
        Assert.DoesNotContain("survives", verdict.Headline(), StringComparison.Ordinal);
        Assert.DoesNotContain("after costs", verdict.Headline(), StringComparison.Ordinal);
        Assert.Equal(("LEAKAGE", 1.0, 0.0), (verdict.Reasons[0].Code, verdict.Reasons[0].Value, verdict.Reasons[0].Required));
    }

    [Fact]
    public void Of_UndefinedFigures_AreNullAndNoNumber()
    {
        var verdict = VerdictRules.Of(Spoilt(VerdictState.Undefined));

        Assert.Null(verdict.Reasons.Single(r => r.Code == "DEFLATED_SHARPE").Value);
        Assert.Null(verdict.Reasons.Single(r => r.Code == "TRACK_LENGTH").Required);
        Assert.All(verdict.Reasons, r => Assert.DoesNotContain("NaN", r.Text, StringComparison.Ordinal));
    }

    [Fact]
    public void OfBacktest_WithoutATrade_IsUndefinedOtherwiseNotJudged()
    {
        Assert.Equal(VerdictState.Undefined, VerdictRules.OfBacktest(Figures([0, 0, 0]), 0, 0).State);
        Assert.Equal(VerdictState.NotJudged, VerdictRules.OfBacktest(Figures([0.1, -0.1, 0.2]), 3, 6).State);
    }

    private static VerdictEvidence Good => new()
    {
        Leakage = Clean,
        Metrics = Figures([.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 0.01 : -0.004)]),
        RoundTrips = 200,
        Folds = 5,
        FoldsWithGain = 5,
        IndependentTrials = 3,
        OverfittingProbability = 0.1,
    };

    private static VerdictEvidence Spoilt(VerdictState state) => state switch
    {
        VerdictState.TooFewTrades => Good with { RoundTrips = VerdictRules.RoundTripsMin - 1 },
        VerdictState.Undefined => Good with { Metrics = Figures([.. Enumerable.Repeat(0.01, 200)]) },
        VerdictState.LosesToCosts => Good with { Metrics = Figures([.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 0.01 : -0.02)]) },
        VerdictState.FoldsDisagree => Good with { Folds = 4, FoldsWithGain = 2 },
        VerdictState.NotDistinguishable => Good with { Metrics = Figures([.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? 0.01 : -0.0095)]) },
        VerdictState.Overfit => Good with { OverfittingProbability = 0.51 },
        VerdictState.TrackTooShort => Good with { Metrics = Figures([.. Enumerable.Range(0, 31).Select(i => i % 2 == 0 ? 0.01 : -0.001)]) },
        _ => Good with { Leakage = Clean with { Audit = LookAheadReport.NotAvailable } },
    };

    /// <summary>Figures of a run with these returns, one a day.</summary>
    private static PerformanceMetrics Figures(double[] returns)
    {
        var equity = 100_000.0;
        var curve = ImmutableArray.CreateBuilder<CurvePoint>();
        for (var i = 0; i < Math.Max(returns.Length, 31); i++)
        {
            equity *= 1 + (i < returns.Length ? returns[i] : 0);
            curve.Add(new CurvePoint(Market.Start + TimeSpan.FromDays(i + 1), equity, 1, 1));
        }

        return PerformanceMetrics.From(
            new BacktestResult
            {
                Strategy = "test",
                Instrument = "BINANCE:BTCUSDT",
                QuoteAsset = "USDT",
                Source = "test",
                Settings = ImmutableSortedDictionary<string, string>.Empty,
                InitialCash = 100_000,
                InitialBase = 0,
                FinalCash = (decimal)equity,
                FinalBase = 0,
                Fees = 10,
                Orders = 2,
                Fills = [new BacktestFill(Market.Start, Side.Buy, 1, 1, 10, IsMaker: false, 1, 0)],
                RoundTrips = [],
                Curve = curve.ToImmutable(),
                Steps = curve.Count,
            },
            independentTrials: 3);
    }
}
