using BtcAgent.Research.Optimization.Selection;
using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Tests.Optimization.Selection;

/// <summary>Each gate fails alone, in words that name the reason.</summary>
public sealed class SelectionGateTests
{
    private const int Days = 900;
    private const double Daily = 0.01;
    private static readonly ReturnPeriod Day = ReturnPeriod.For(TimeSpan.FromDays(Days));

    [Fact]
    public void Judge_AllHold_PassesAndSaysTheReturn()
    {
        var outcome = SelectionGate.Judge(Good(), new SelectionLimits());

        Assert.True(outcome.Passes, outcome.Headline);
        Assert.StartsWith("It passes: in the window that the search never saw it earned 24.0 % after costs", outcome.Headline, StringComparison.Ordinal);
        Assert.All(outcome.Reasons, r => Assert.True(r.Holds));
        Assert.Equal(8, outcome.Reasons.Length);
    }

    [Fact]
    public void Judge_UntouchedWindowLoses_SaysThatItWouldLose()
    {
        var good = Good();
        var outcome = SelectionGate.Judge(good with { Untouched = good.Untouched! with { NetReturn = -0.023 } }, new SelectionLimits());

        Fails("UNTOUCHED_RETURN", outcome);
        Assert.Contains("It would lose", outcome.Headline, StringComparison.Ordinal);
        Assert.Contains("lost 2.3 % after costs", outcome.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_GainOfTheUntouchedWindowMayBeChance_Fails()
    {
        var good = Good();
        var outcome = SelectionGate.Judge(good with { Untouched = good.Untouched! with { Returns = Returns(77, 180, 0) } }, new SelectionLimits());

        Fails("UNTOUCHED_BOUND", outcome);
    }

    /// <summary>A search over windows of hours does not make the days of the untouched window hours.</summary>
    [Fact]
    public void Judge_SearchOfHours_LeavesTheFiguresOfTheUntouchedDays()
    {
        var byDay = SelectionGate.Judge(Good(), new SelectionLimits()).Figures;
        var byHour = SelectionGate.Judge(Good() with { Period = ReturnPeriod.For(TimeSpan.FromDays(5)) }, new SelectionLimits()).Figures;

        Assert.InRange(byDay.UntouchedBound, 0.1, 365 * Good().Untouched!.Returns.Average());
        Assert.Equal((byDay.UntouchedBound, byDay.UntouchedSharpe), (byHour.UntouchedBound, byHour.UntouchedSharpe));
        Assert.Equal(byDay.Sharpe * Math.Sqrt(24), byHour.Sharpe, 1e-9);
    }

    [Fact]
    public void Judge_FewTradesInTheUntouchedWindow_Fails()
    {
        var good = Good();
        Fails("UNTOUCHED_TRADES", SelectionGate.Judge(good with { Untouched = good.Untouched! with { RoundTrips = 29 } }, new SelectionLimits()));
    }

    [Fact]
    public void Judge_LonelyPeak_Fails() => Fails("PLATEAU", SelectionGate.Judge(Good() with { PlateauScore = 0.4 }, new SelectionLimits()));

    /// <summary>The best of forty tries without skill is luck, and the untouched window stays closed.</summary>
    [Fact]
    public void Judge_BestOfTriesWithoutSkill_IsLuck()
    {
        double[][] trials = [.. Enumerable.Range(0, 40).Select(i => Returns(500 + i, Days, 0))];
        var winner = Enumerable.Range(0, 40).MaxBy(i => trials[i].Average());
        var outcome = SelectionGate.Judge(Good() with { TrialReturns = trials, Winner = winner, Untouched = null }, new SelectionLimits());

        Assert.False(outcome.Passes);
        Assert.StartsWith("No model is written. The best of 40 independent tries", outcome.Headline, StringComparison.Ordinal);
        Assert.Matches("by luck in [0-9]+ of 10 cases", outcome.Headline);
        Assert.Contains("DEFLATED_SHARPE", Failed(outcome));
        Assert.Contains("SUPERIOR_ABILITY", Failed(outcome));
        Assert.Contains("TRACK_LENGTH", Failed(outcome));
        Assert.InRange(outcome.Figures.Overfitting!.Probability, 0.2, 1);
        Assert.Contains("not opened", outcome.Reasons.Single(r => r.Code == "UNTOUCHED_RETURN").Text, StringComparison.Ordinal);
    }

    /// <summary>A second look at the same time needs more evidence than the first.</summary>
    [Fact]
    public void Judge_SecondLook_LowersTheBoundAndSaysSo()
    {
        var good = Good();
        var second = SelectionGate.Judge(good with { Untouched = good.Untouched! with { Looks = 2 } }, new SelectionLimits());

        Assert.Equal(0.975, second.Figures.BoundConfidence, 12);
        Assert.True(second.Figures.UntouchedBound < SelectionGate.Judge(good, new SelectionLimits()).Figures.UntouchedBound);
        Assert.Contains("look number 2", second.Reasons.Single(r => r.Code == "UNTOUCHED_RETURN").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_NeverTrades_FailsWithoutUndefinedFigures()
    {
        var outcome = SelectionGate.Judge(
            Good() with { TrialReturns = [new double[Days]], WinnerScore = 0, PlateauScore = 0, Untouched = null }, new SelectionLimits());

        Assert.False(outcome.Passes);
        Assert.Contains("hardly trades", outcome.Headline, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", string.Concat(outcome.Reasons.Select(r => r.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_ReturnsOfOtherLengths_AreRefused() =>
        Assert.Throws<ArgumentException>(() => SelectionGate.Judge(Good() with { BuyAndHold = [0.1] }, new SelectionLimits()));

    [Theory]
    [InlineData(0.41, "4 of 10 cases")]
    [InlineData(0.02, "2 of 100 cases")]
    [InlineData(0.004, "4 of 1,000 cases")]
    [InlineData(0, "fewer than 1 of 1,000 cases")]
    public void Cases_Probability_IsSaidAsAPersonWould(double probability, string expected) => Assert.Equal(expected, SelectionWords.Cases(probability));

    private static void Fails(string code, SelectionOutcome outcome)
    {
        Assert.False(outcome.Passes);
        Assert.Equal([code], Failed(outcome));
        Assert.Equal(code, outcome.Reasons[0].Code);
    }

    private static string[] Failed(SelectionOutcome outcome) => [.. outcome.Reasons.Where(r => !r.Holds).Select(r => r.Code)];

    /// <summary>A winner with a Sharpe ratio of about 3.8 a year among near copies and tries without skill.</summary>
    private static SelectionEvidence Good()
    {
        var winner = Returns(1, Days, 0.2 * Daily);
        double[][] trials =
        [
            winner,
            .. Enumerable.Range(0, 5).Select(i => winner.Zip(Returns(50 + i, Days, 0), (a, b) => a + (0.1 * b)).ToArray()),
            .. Enumerable.Range(0, 6).Select(i => Returns(100 + i, Days, 0)),
        ];
        return new SelectionEvidence
        {
            TrialReturns = trials,
            Winner = 0,
            WinnerScore = 3.8,
            PlateauScore = 3.5,
            TrialsStarted = 14,
            BuyAndHold = Returns(9, Days, 0.02 * Daily),
            Period = Day,
            Untouched = new UntouchedWindow(Market.Start, Market.Start + TimeSpan.FromDays(180), Returns(4, 180, 0.3 * Daily), Day, 0.24, 120, 0.05, 1),
        };
    }

    private static double[] Returns(int seed, int count, double mean)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
            mean + (Daily * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())))];
    }
}
