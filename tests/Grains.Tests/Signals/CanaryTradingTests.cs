using System.Text;
using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Grains.Storage;
using BtcAgent.Grains.Tests.Risk;
using BtcAgent.Testing;

namespace BtcAgent.Grains.Tests.Signals;

/// <summary>A canary in its portfolio: share, restart, succession, and that its failures remain there.</summary>
public sealed class CanaryTradingTests
{
    private const string Code = "CANARY";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly string Strategy = Scenario.Name(Code);
    private static readonly string Portfolio = AgentRig.CanaryOf(Code);

    [Fact]
    public async Task Canary_WithAPortfolio_TradesItsShareAndContinuesAfterARestart()
    {
        await using var rig = new AgentRig([Code], new RiskLimits { MaxOrderNotional = 100_000 }, venue: null) { HasCanaries = true };
        var scenario = await OpenAsync(rig);
        await CanaryAsync(rig, "first");
        await scenario.BuyAsync();
        await TradedAsync(rig, scenario, "first");

        Assert.InRange((double)(FirstOrder(rig, Portfolio) / FirstOrder(rig, Strategy)), 0.08, 0.12);
        var decided = rig.Journal.For(Portfolio).ToArray();
        Assert.All(decided, decision => Assert.Equal("first", decision.Signal.ModelId));
        Assert.Contains(decided, decision => decision.Risk.Intent?.Portfolio == Portfolio);
        Assert.Equal(rig.Journal.For(Strategy).Count(), rig.Journal.For(Strategy).Select(decision => decision.Id).Distinct().Count());

        var before = (await StatusAsync(rig)).Books!;
        Assert.Equal(("first", 0m), (before.Turn.ModelId, before.PnlBefore));
        await rig.RestartAsync(Signals(rig));
        var count = rig.Journal.For(Portfolio).Count();
        await DecideUntilAsync(scenario, () => Task.FromResult(rig.Journal.For(Portfolio).Count() > count));
        Assert.Equal(before, (await StatusAsync(rig)).Books);
    }

    [Fact]
    public async Task NextCanary_TradesOnlyWhenThePortfolioIsEmpty()
    {
        await using var rig = new AgentRig([Code], new RiskLimits(), venue: null) { HasCanaries = true };
        var scenario = await OpenAsync(rig);
        await CanaryAsync(rig, "first");
        await scenario.BuyAsync();
        await TradedAsync(rig, scenario, "first");
        Assert.Contains("has room for one", (await MoveToCanaryAsync(rig, "second")).Refusal, StringComparison.Ordinal);

        Assert.Null((await Registry(rig).Move("first", ModelStage.Retired, "test", "ends")).Refusal);
        Assert.Equal("first", (await StatusAsync(rig)).Ended?.Turn.ModelId);
        Assert.Null((await Registry(rig).Move("second", ModelStage.Canary, "test", "begins")).Refusal);
        await DecideUntilAsync(scenario, async () => (await StatusAsync(rig)).Problem?.Contains("until the portfolio is empty", StringComparison.Ordinal) == true);
        Assert.DoesNotContain(rig.Journal.For(Portfolio), decision => decision.Signal.ModelId == "second");

        // As the desk of the experiments does: flatten, and release that halt only.
        var control = rig.Grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key);
        await control.Flatten("the canary has ended", "experiment", Portfolio);
        await DecideUntilAsync(scenario, async () => await PositionAsync(rig, scenario) == 0 && await control.GetPendingHalt(Portfolio) is null);
        var risk = rig.Grains.GetGrain<IRiskGrain>(Portfolio);
        var halt = (await risk.GetStatus()).Breaker;
        Assert.Equal(BreakerMode.Active, (await scenario.Risk.GetStatus()).Breaker.Mode);
        await Eventually.TrueAsync("the halt is released", () => risk.Release(halt, "closed"), Limit);
        await TradedAsync(rig, scenario, "second");
        Assert.Null((await StatusAsync(rig)).Ended);
        Assert.NotEqual(0, (await StatusAsync(rig)).Books!.PnlBefore);
    }

    [Fact]
    public async Task Release_AfterAnotherHalt_ResumesNothing()
    {
        await using var rig = new AgentRig([Code], new RiskLimits(), venue: null) { HasCanaries = true };
        await OpenAsync(rig);
        var risk = rig.Grains.GetGrain<IRiskGrain>(Portfolio);
        var own = await risk.Halt("experiment: closed");
        await risk.Halt("a person: stop everything");

        Assert.False(await risk.Release(own, "closed"));
        Assert.Equal(("a person: stop everything", BreakerMode.Halted), ((await risk.GetStatus()).Breaker.Reason, (await risk.GetStatus()).Breaker.Mode));
    }

    [Fact]
    public async Task Canary_WhosePortfolioCannotStart_LeavesTheChampionTrading()
    {
        await using var rig = new AgentRig([Code], new RiskLimits(), venue: null) { HasCanaries = true };
        var failure = new InvalidDataException("the canary's state is damaged");
        rig.Storage.Unreadable[(GrainStateNames.Portfolio, Portfolio)] = failure;
        rig.Storage.Unreadable[(GrainStateNames.Execution, $"{Portfolio}/{Scenario.InstrumentOf(Code)}")] = failure;
        var scenario = await OpenAsync(rig);
        await CanaryAsync(rig, "first");

        await scenario.BuyAsync();
        await DecideUntilAsync(scenario, async () => (await StatusAsync(rig)).Problem is not null);

        Assert.Empty(rig.Journal.For(Portfolio));
        Assert.Equal(BreakerMode.Active, (await scenario.Risk.GetStatus()).Breaker.Mode);
        Assert.True(await scenario.PositionAsync() > 0);
    }

    private static async Task<Scenario> OpenAsync(AgentRig rig)
    {
        await rig.StartAsync();
        return await rig.Begin(Code).OpenAsync();
    }

    private static async Task CanaryAsync(AgentRig rig, string model) => Assert.Null((await MoveToCanaryAsync(rig, model)).Refusal);

    private static async Task<RegistryAnswer> MoveToCanaryAsync(AgentRig rig, string model)
    {
        rig.Models.Scores[model] = new ModelScore(SignalDirection.Long, 1, 1, double.NaN);
        Assert.Null((await Registry(rig).Register([.. Encoding.UTF8.GetBytes(model)], Strategy)).Refusal);
        Assert.Null((await Registry(rig).Move(model, ModelStage.Shadow, "test", "shadow")).Refusal);
        return await Registry(rig).Move(model, ModelStage.Canary, "test", "canary");
    }

    private static Task TradedAsync(AgentRig rig, Scenario scenario, string model) => DecideUntilAsync(scenario, async () =>
        rig.Journal.For(Portfolio).Any(decision => decision.Signal.ModelId == model && decision.Risk.Intent is not null) && await PositionAsync(rig, scenario) > 0);

    /// <summary>As many decisions as a busy machine needs: the control closes a portfolio at its own pace.</summary>
    private static Task DecideUntilAsync(Scenario scenario, Func<Task<bool>> isReached) => Eventually.TrueAsync(
        "the decisions had their effect",
        async () =>
        {
            if (!await isReached())
            {
                await scenario.DecideAsync();
            }

            return await isReached();
        },
        Limit);

    private static async Task<decimal> PositionAsync(AgentRig rig, Scenario scenario) =>
        (await rig.Grains.GetGrain<IPortfolioGrain>(Portfolio).GetSnapshot()).Position(scenario.Instrument)?.Quantity ?? 0;

    private static decimal FirstOrder(AgentRig rig, string portfolio) =>
        rig.Journal.For(portfolio).First(decision => decision.Risk.Intent is not null).Risk.Intent!.Quantity.ToDecimal();

    private static async Task<CanaryStatus> StatusAsync(AgentRig rig) => (await Signals(rig).GetStatus()).Canary!;

    private static ISignalGrain Signals(AgentRig rig) => rig.Grains.GetGrain<ISignalGrain>($"{Scenario.InstrumentOf(Code)}/{Strategy}");

    private static IModelRegistryGrain Registry(AgentRig rig) => rig.Grains.GetGrain<IModelRegistryGrain>(IModelRegistryGrain.Key);
}
