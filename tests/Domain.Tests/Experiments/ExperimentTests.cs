using System.Collections.Immutable;
using BtcAgent.Domain.Experiments;

namespace BtcAgent.Domain.Tests.Experiments;

public sealed class ExperimentTests
{
    private static readonly ExperimentPlan Plan = ExperimentFixture.Plan;

    [Fact]
    public void Close_BetterChallenger_GoesFromShadowToCanaryToChampionAndEnds()
    {
        var ended = ExperimentFixture.Begin().Run(60, 0.002);

        Assert.Equal(ExperimentOutcome.Promoted, ended.Outcome);
        Assert.Equal(
            [ExperimentCause.Began, ExperimentCause.HoldComplete, ExperimentCause.Significant, ExperimentCause.HoldComplete],
            ended.Moves.Select(move => move.Cause));
        Assert.Equal(
            [ExperimentStage.Shadow, ExperimentStage.Canary, ExperimentStage.Champion, ExperimentStage.Ended], ended.Moves.Select(move => move.To));
        var promotion = ended.Moves[2];
        Assert.Equal(LookAnswer.Better, promotion.Look!.Answer);
        Assert.True(promotion.Figure >= promotion.Limit && promotion.Limit == promotion.Look.Boundary);
        Assert.Equal("agent", promotion.By);
    }

    [Theory]
    [InlineData(4, 100, ExperimentStage.Shadow)]
    [InlineData(5, 1, ExperimentStage.Shadow)]
    [InlineData(9, 1, ExperimentStage.Shadow)]
    [InlineData(10, 1, ExperimentStage.Canary)]
    [InlineData(5, 2, ExperimentStage.Canary)]
    public void Close_Shadow_IsHeldForDaysAndTrades(int days, int trades, ExperimentStage stage) =>
        Assert.Equal(stage, ExperimentFixture.Begin().Run(days, 0.001, trades).Stage);

    [Fact]
    public void Close_ShadowThatEarnsLess_DoesNotBecomeCanary()
    {
        var ended = ExperimentFixture.Begin().Run(60, -0.002);

        Assert.Equal((ExperimentOutcome.Futile, ExperimentCause.Futile), (ended.Outcome, ended.Moves[^1].Cause));
        Assert.DoesNotContain(ended.Moves, move => move.To == ExperimentStage.Canary);
        Assert.True(ended.Moves[^1].Look!.PredictivePower < Plan.FutilityPower);
    }

    [Fact]
    public void Close_ShadowWithoutPromise_StaysShadow()
    {
        var promising = ExperimentFixture.Begin(Plan with { CanaryPower = 0.9 });

        Assert.Equal(ExperimentStage.Shadow, promising.Run(19, 0.0005).Stage);
        Assert.Equal(ExperimentStage.Canary, promising.Run(19, 0.003).Stage);
    }

    [Fact]
    public void Close_RedGate_HoldsTheStageUntilItIsGreen()
    {
        var red = ExperimentFixture.Healthy with { RedGates = ["VERDICT: not judged"] };
        var held = ExperimentFixture.Begin().Run(9, 0.001, health: red);

        Assert.Equal(ExperimentStage.Shadow, held.Stage);
        Assert.Equal(ExperimentStage.Canary, held.Run(1, 0.001).Stage);
    }

    [Fact]
    public void Close_EqualChallenger_EndsAtTheHorizonOrBefore()
    {
        var ended = ExperimentFixture.Begin(Plan with { FutilityPower = 0 }).Run(60, 0);

        Assert.Equal((ExperimentOutcome.Futile, ExperimentCause.HorizonReached), (ended.Outcome, ended.Moves[^1].Cause));
        Assert.Equal(60, ended.Differences.Length);
        Assert.Equal(6, ended.Looks.Length);
    }

    [Fact]
    public void Close_SameModelTwice_IsNeverPromoted()
    {
        var experiment = ExperimentFixture.Begin(Plan with { FutilityPower = 0 });
        while (experiment.IsRunning)
        {
            var day = ExperimentFixture.Day(experiment, 0);
            experiment = experiment.Close(day with { ChallengerPnl = day.ChampionPnl });
        }

        Assert.Equal(ExperimentOutcome.Futile, experiment.Outcome);
    }

    [Fact]
    public void Close_DayTwice_CountsOnce()
    {
        var once = ExperimentFixture.Begin().Run(3, 0.001);
        var day = ExperimentFixture.Day(once, 0.001);
        var counted = once.Close(day);

        Assert.Same(counted, counted.Close(day));
        Assert.Same(counted, counted.Close(day with { Day = day.Day.AddDays(-1) }));
        Assert.Equal(4, counted.Differences.Length);
    }

    [Fact]
    public void Close_ChampionIsNotANumber_LeavesTheDayOut()
    {
        var before = ExperimentFixture.Begin().Run(3, 0.001);
        var after = before.Close(ExperimentFixture.Day(before, 0.001) with { ChampionPnl = double.NaN });

        Assert.Equal((3, true), (after.Differences.Length, after.IsRunning));
        Assert.Equal(4, after.Run(1, 0.001).Differences.Length);
    }

    [Fact]
    public void Close_ChallengerIsNotANumber_EndsIt()
    {
        var before = ExperimentFixture.Begin().Run(3, 0.001);
        var after = before.Close(ExperimentFixture.Day(before, 0.001) with { ChallengerPnl = double.NaN });

        Assert.Equal((ExperimentOutcome.RolledBack, ExperimentCause.ErrorBudget), (after.Outcome, after.Moves[^1].Cause));
    }

    [Fact]
    public void Close_NeedsConfirmation_WaitsForAPersonAndPromotesOnce()
    {
        var waiting = ExperimentFixture.Begin(Plan with { NeedsConfirmation = true }).Run(50, 0.002);
        Assert.True(waiting.AwaitsConfirmation);
        Assert.Equal(ExperimentStage.Canary, waiting.Stage);

        var promoted = waiting.Confirm("Ada", ExperimentFixture.At(50));

        Assert.Null(promoted.Refusal);
        Assert.Equal((ExperimentStage.Champion, "Ada"), (promoted.Experiment.Stage, promoted.Experiment.Moves[^1].By));
        Assert.Contains("does not wait", promoted.Experiment.Confirm("Ada", ExperimentFixture.At(50)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Confirm_RedGate_IsRefused()
    {
        var waiting = ExperimentFixture.Begin(Plan with { NeedsConfirmation = true }).Run(50, 0.002)
            .Check(ExperimentFixture.Healthy with { RedGates = ["VERDICT: not judged"] }, ExperimentFixture.At(50));

        Assert.Contains("VERDICT", waiting.Confirm("Ada", ExperimentFixture.At(50)).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Close_NobodyConfirms_EndsAfterTheDaysForIt()
    {
        var ended = ExperimentFixture.Begin(Plan with { NeedsConfirmation = true, ConfirmationDays = 7 }).Run(80, 0.002);

        Assert.Equal((ExperimentOutcome.Stopped, ExperimentCause.NotConfirmed), (ended.Outcome, ended.Moves[^1].Cause));
    }

    [Theory]
    [InlineData(3, ExperimentOutcome.Stopped)]
    [InlineData(31, ExperimentOutcome.RolledBack)]
    public void Stop_APerson_EndsItInAnyStage(int days, ExperimentOutcome outcome)
    {
        var running = ExperimentFixture.Begin().Run(days, 0.002);
        var stopped = running.Stop("Ada", "maintenance", ExperimentFixture.At(days));

        Assert.Equal((outcome, "Ada", ExperimentCause.Operator), (stopped.Experiment.Outcome, stopped.Experiment.Moves[^1].By, stopped.Experiment.Moves[^1].Cause));
        Assert.NotNull(stopped.Experiment.Stop("Ada", "again", ExperimentFixture.At(days)).Refusal);
        Assert.Same(stopped.Experiment, stopped.Experiment.Run(1, 0.1));
        Assert.Same(stopped.Experiment, stopped.Experiment.Check(ExperimentFixture.Healthy, ExperimentFixture.At(days)));
    }

    [Fact]
    public void Close_WithoutHorizon_PromotesByTheConfidenceSequence()
    {
        var ended = ExperimentFixture.Begin(Plan with { HorizonDays = null, DaysMax = 400 }).Run(400, 0.002);

        var look = Assert.Single(ended.Moves, move => move.Cause == ExperimentCause.Significant).Look!;
        Assert.Equal(SequentialMethod.ConfidenceSequence, look.Method);
        Assert.True(look.PValue <= 0.05 && look.Low >= 0, $"p {look.PValue}, from {look.Low}");
    }

    [Fact]
    public void Close_WithoutHorizon_IsFutileOnceTheBandIsBelowTheUsefulEdge()
    {
        var ended = ExperimentFixture.Begin(Plan with { HorizonDays = null, DaysMax = 400, UsefulEdge = 0.0005 }).Run(400, -0.001);

        Assert.Equal((ExperimentOutcome.Futile, ExperimentCause.Futile), (ended.Outcome, ended.Moves[^1].Cause));
        Assert.True(ended.Moves[^1].Look!.High < 0.0005);
    }

    [Fact]
    public void Begin_PlanOutOfRange_IsRefusedByName()
    {
        (ExperimentPlan Plan, string Name)[] wrong =
        [
            (Plan with { Alpha = 0.5 }, "Alpha"), (Plan with { Alpha = double.NaN }, "Alpha"), (Plan with { Looks = 61 }, "Looks"),
            (Plan with { CanaryLossMax = 0 }, "CanaryLossMax"), (Plan with { HorizonDays = 29 }, "HorizonDays"), (Plan with { ShadowTrades = 0 }, "ShadowTrades"),
        ];

        Assert.All(wrong, each => Assert.Contains(each.Name, Assert.Throws<ArgumentException>(() => ExperimentFixture.Begin(each.Plan)).Message, StringComparison.Ordinal));
        Assert.Null(new ExperimentPlan().Problem());
    }

    [Fact]
    public void Close_Looks_AreBounded()
    {
        var experiment = ExperimentFixture.Begin(Plan with { HorizonDays = null, DaysMax = 600, ShadowTrades = 100_000, UsefulEdge = -1 }).Run(500, 0);

        Assert.Equal(Experiment.LooksKept, experiment.Looks.Length);
        Assert.Equal(500 - SequentialTest.DaysMin + 1, experiment.Looks[^1].Number);
    }

    [Fact]
    public void Boundaries_OfAPlan_AreSharedByItsChallengers()
    {
        var one = SequentialTest.BoundariesOf(Plan);
        var five = SequentialTest.BoundariesOf(Plan with { Challengers = 5 });

        Assert.All(one, (boundary, k) => Assert.True(five[k] > boundary));
        Assert.Equal(GroupSequential.Boundaries(0.01, GroupSequential.EvenFractions(6)).Select(b => Math.Round(b, 9)), five.Select(b => Math.Round(b, 9)));
        Assert.Equal(ImmutableArray<double>.Empty, SequentialTest.BoundariesOf(Plan with { HorizonDays = null }));
    }
}
