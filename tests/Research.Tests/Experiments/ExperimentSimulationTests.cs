using System.Collections.Immutable;
using BtcAgent.Domain.Experiments;
using BtcAgent.Research.Experiments;

namespace BtcAgent.Research.Tests.Experiments;

/// <summary>A smaller run of <c>btcagent ab simulate</c>; docs/optimizer.md has the figures of the whole one.</summary>
public sealed class ExperimentSimulationTests
{
    private static readonly Lazy<ImmutableArray<ScenarioResult>> Horizon = new(() => Run(new ExperimentPlan(), 150));

    private static readonly Lazy<ImmutableArray<ScenarioResult>> Always =
        new(() => Run(new ExperimentPlan { HorizonDays = null, DaysMax = 365 }, 60));

    public static TheoryData<bool> Methods => [true, false];

    [Theory, MemberData(nameof(Methods))]
    public void Run_ChallengersThatAreNotBetter_AreRarelyPromoted(bool horizon)
    {
        Assert.Equal(0, Of(horizon, "same model twice").Promoted);
        Assert.All(["equal", "equal, 5 at once"], name => Assert.InRange(Of(horizon, name).PromotedLow, 0, 0.05));
        Assert.All(["-0.5 Sharpe", "-1.0 Sharpe"], name => Assert.InRange(Of(horizon, name).Promoted, 0, 0.05));
    }

    [Fact]
    public void Run_BetterChallengers_ArePromotedTheMoreTheBetter()
    {
        var (half, one) = (Of(true, "+0.5 Sharpe"), Of(true, "+1.0 Sharpe"));

        Assert.True(one.Promoted > half.Promoted && half.Promoted > Of(true, "equal").Promoted, $"{one.Promoted}, {half.Promoted}");
        Assert.True(one.MedianDaysToPromotion is > 28 and <= 400, $"{one.MedianDaysToPromotion}");
    }

    [Fact]
    public void Run_WorseChallenger_EndsBeforeTheHorizon()
    {
        var worse = Of(true, "-1.0 Sharpe");

        Assert.InRange(worse.Futile + worse.RolledBack, 0.95, 1.01);
        Assert.True(worse.MedianDays < 300, $"{worse.MedianDays} days");
    }

    [Theory, MemberData(nameof(Methods))]
    public void Run_BrokenChallengers_NeverTradeOrLoseTheirLimitAtMost(bool horizon)
    {
        foreach (var result in Results(horizon).Skip(7).Where(r => !r.Scenario.EndsWith("from canary on", StringComparison.Ordinal)))
        {
            Assert.InRange(result.PromotedLow, 0, 0.05);
            Assert.True(result.ReachedCanary == 0 || result.Scenario == "sign flipped", $"{result.Scenario}: {result.ReachedCanary:P1} reached the canary");
        }

        foreach (var result in Results(horizon).Where(r => r.Scenario.EndsWith("from canary on", StringComparison.Ordinal)))
        {
            Assert.InRange(result.ReachedCanary, 0.3, 1);
            Assert.InRange(result.GreatestCanaryLoss, 0, 1);
            Assert.True(result.Scenario.StartsWith("sign flipped", StringComparison.Ordinal) || result.Promoted == 0, $"{result.Scenario}: {result.Promoted:P1} promoted");
        }
    }

    [Fact]
    public void Run_SameSeed_GivesTheSameResults()
    {
        ExperimentScenario[] scenarios = [new("equal", 0, 0.9), new("flipped", 0, 0.9, ChallengerFault.SignFlipped, BreaksInCanary: true)];
        ImmutableArray<ScenarioResult> Again(int seed) => new ExperimentSimulation(new(), new(), seed).Run(scenarios, 10, null, CancellationToken.None);

        Assert.Equal(Again(7).AsEnumerable(), Again(7));
        Assert.NotEqual(Again(7).AsEnumerable(), Again(8));
    }

    private static ScenarioResult Of(bool horizon, string name) => Assert.Single(Results(horizon), r => r.Scenario == name);

    private static ImmutableArray<ScenarioResult> Results(bool horizon) => (horizon ? Horizon : Always).Value;

    private static ImmutableArray<ScenarioResult> Run(ExperimentPlan plan, int experiments) =>
        new ExperimentSimulation(plan, new(), 11).Run(ExperimentScenario.Standard(0.95), experiments, null, CancellationToken.None);
}
