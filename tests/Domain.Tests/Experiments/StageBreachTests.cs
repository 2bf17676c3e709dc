using BtcAgent.Domain.Experiments;

namespace BtcAgent.Domain.Tests.Experiments;

/// <summary>Rules that end an experiment without waiting for significance.</summary>
public sealed class StageBreachTests
{
    public static TheoryData<ExperimentStage> Running => [ExperimentStage.Shadow, ExperimentStage.Canary, ExperimentStage.Champion];

    [Theory, MemberData(nameof(Running))]
    public void Check_BrokenChallenger_EndsInEveryStage(ExperimentStage stage)
    {
        (StageHealth Health, ExperimentCause Cause)[] broken =
        [
            (ExperimentFixture.Healthy with { Failures = 2 }, ExperimentCause.ErrorBudget),
            (ExperimentFixture.Healthy with { Failures = 1_000 }, ExperimentCause.ErrorBudget),
            (ExperimentFixture.Healthy with { Late = 11 }, ExperimentCause.LatencyBudget),
            (ExperimentFixture.Healthy with { ParityBreaks = 1 }, ExperimentCause.ParityBreak),
            (ExperimentFixture.Healthy with { Drift = "3 of 5 features drifted" }, ExperimentCause.Drift),
            (ExperimentFixture.Healthy with { ScoreSpread = 0 }, ExperimentCause.ConstantScore),
            (ExperimentFixture.Healthy with { ScoreSpread = null }, ExperimentCause.ConstantScore),
        ];
        var running = In(stage);

        Assert.All(broken, each =>
        {
            var ended = running.Check(each.Health, ExperimentFixture.At(100));
            Assert.Equal((ExperimentOutcome.RolledBack, each.Cause, stage), (ended.Outcome, ended.Moves[^1].Cause, ended.Moves[^1].From));
        });
    }

    [Theory, MemberData(nameof(Running))]
    public void Check_AtItsBudgets_Continues(ExperimentStage stage)
    {
        var running = In(stage);
        StageHealth[] healthy =
        [
            ExperimentFixture.Healthy with { Failures = 1, Late = 10 },
            ExperimentFixture.Healthy with { Samples = 99, Failures = 99, Late = 99, ScoreSpread = 0 },
        ];

        Assert.All(healthy, health => Assert.True(running.Check(health, ExperimentFixture.At(100)).IsRunning));
    }

    [Theory]
    [InlineData(ExperimentStage.Canary, -0.0099, true)]
    [InlineData(ExperimentStage.Canary, -0.010001, false)]
    [InlineData(ExperimentStage.Canary, double.NaN, false)]
    [InlineData(ExperimentStage.Shadow, -0.5, true)]
    public void Check_CanaryLoss_EndsTheCanaryAtItsLimit(ExperimentStage stage, double pnl, bool continues)
    {
        var seen = In(stage).Check(ExperimentFixture.Healthy with { CanaryPnl = pnl }, ExperimentFixture.At(100));

        Assert.Equal(continues, seen.IsRunning);
        Assert.True(continues || (seen.Moves[^1].Cause == ExperimentCause.CanaryLoss && Math.Abs(seen.Moves[^1].Limit!.Value - 0.01) < 1e-12));
    }

    [Theory]
    [InlineData(ExperimentStage.Canary, false)]
    [InlineData(ExperimentStage.Shadow, true)]
    public void Check_CanaryHaltedByItsLossLimits_EndsTheCanary(ExperimentStage stage, bool continues)
    {
        var seen = In(stage).Check(ExperimentFixture.Healthy with { CanaryPortfolio = "canary", CanaryStop = "DRAWDOWN" }, ExperimentFixture.At(100));

        Assert.Equal(continues, seen.IsRunning);
        Assert.True(continues || seen.Moves[^1] is { Cause: ExperimentCause.CanaryLoss, Text: "the canary's portfolio canary was halted: DRAWDOWN" });
    }

    [Fact]
    public void Close_Shortfall_EndsTheShadowAndTheNewChampion()
    {
        var shadow = ExperimentFixture.Begin().Run(1, -0.3);
        Assert.Equal((ExperimentOutcome.RolledBack, ExperimentCause.Shortfall), (shadow.Outcome, shadow.Moves[^1].Cause));

        var champion = In(ExperimentStage.Champion).Run(1, -0.3);
        Assert.Equal((ExperimentOutcome.RolledBack, ExperimentCause.Shortfall), (champion.Outcome, champion.Moves[^1].Cause));
    }

    private static Experiment In(ExperimentStage stage)
    {
        var experiment = ExperimentFixture.Begin();
        while (experiment.Stage != stage)
        {
            experiment = experiment.Run(1, 0.002);
        }

        return experiment;
    }
}
