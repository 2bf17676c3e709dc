using BtcAgent.Domain.Execution.Live;

namespace BtcAgent.Domain.Tests.Execution.Live;

public sealed class ReconciliationPaceTests
{
    private static readonly Unsettled NoAnswer = new("the venue does not answer", HasAnswers: false);
    private static readonly Unsettled Differs = new("0.1 BTC", HasAnswers: true);

    [Fact]
    public void Next_WithoutAnswers_DoublesUpToTheLongestPause()
    {
        var pace = new ReconciliationPace(TimeSpan.FromMilliseconds(100), 20);
        Assert.Equal(
            [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000],
            Enumerable.Range(0, 8).Select(_ => pace.Next(NoAnswer).TotalMilliseconds));
    }

    [Fact]
    public void Next_WithAllAnswers_StaysBelowFourTimesTheFirst()
    {
        var pace = new ReconciliationPace(TimeSpan.FromMilliseconds(100), 20);
        Assert.Equal([100, 200, 400, 400, 400], Enumerable.Range(0, 5).Select(_ => pace.Next(Differs).TotalMilliseconds));
    }

    [Fact]
    public void Next_AnswersComeAfterSilence_ComesDownAgain()
    {
        var pace = new ReconciliationPace(TimeSpan.FromMilliseconds(100), 20);
        foreach (var _ in Enumerable.Range(0, 6))
        {
            pace.Next(NoAnswer);
        }

        Assert.Equal(5_000, pace.Next(Differs).TotalMilliseconds);
        Assert.Equal(400, pace.Next(null).TotalMilliseconds);
    }

    [Fact]
    public void MustHalt_CountsOnlyComparisonsWithAllTheirAnswers()
    {
        var pace = new ReconciliationPace(TimeSpan.FromMilliseconds(100), 3);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.False(pace.MustHalt(NoAnswer)));
        Assert.False(pace.MustHalt(Differs));
        Assert.False(pace.MustHalt(NoAnswer));
        Assert.False(pace.MustHalt(Differs));
        Assert.True(pace.MustHalt(Differs));
    }

    [Fact]
    public void MustHalt_AfterAHalt_CountsAgainAndTheAgentWaitsLongest()
    {
        var pace = new ReconciliationPace(TimeSpan.FromMilliseconds(100), 2);
        pace.MustHalt(Differs);
        Assert.True(pace.MustHalt(Differs));
        Assert.Equal(ReconciliationPace.PauseMax, pace.Next(Differs));
        Assert.False(pace.MustHalt(Differs));
        Assert.True(pace.MustHalt(Differs));
        Assert.Equal(ReconciliationPace.PauseMax, pace.Next(Differs));
    }
}
