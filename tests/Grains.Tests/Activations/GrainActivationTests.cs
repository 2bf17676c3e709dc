using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain.Risk;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Keys;
using BtcAgent.Grains.Storage;
using BtcAgent.Grains.Tests.Risk;
using BtcAgent.Testing;

namespace BtcAgent.Grains.Tests.Activations;

/// <summary>Grains of a running agent with an unreadable state: nothing trades without them, and nothing loops.</summary>
public sealed class GrainActivationTests : IAsyncLifetime
{
    private const string Words = "the state is of a later version";

    /// <summary>
    /// Time for three failures of each grain at the rate of its calls, and for the watch, which checks every second.
    /// </summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly AgentRig _rig = new(["PORTFOLIO_LOST", "FEATURE_LOST", "INSTRUMENT_LOST", "SIGNAL_LOST", "RISK_LOST", "ALL_WELL"], new RiskLimits(), venue: null);

    public ValueTask InitializeAsync() => _rig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task StateThatCannotBeRead_StandsStillHaltsItsPortfolioAndSaysWhyUntilResumed()
    {
        var lost = Lost();
        foreach (var grain in lost)
        {
            _rig.Storage.Unreadable[(grain.State, grain.Key)] = new FormatException(Words);
        }

        await Task.WhenAll(lost.Select(grain => Eventually.TrueAsync(
            $"{grain.State} {grain.Key} halts {grain.Scenario.Portfolio}",
            async () => await FailureOf(grain.Ask) is not null && (await grain.Scenario.Risk.GetStatus()).Breaker.Mode == BreakerMode.Halted,
            Limit)));
        foreach (var grain in lost)
        {
            var breaker = (await grain.Scenario.Risk.GetStatus()).Breaker;
            Assert.StartsWith($"ACTIVATION: {grain.State} {grain.Key} failed 3 times", breaker.Reason, StringComparison.Ordinal);
            Assert.EndsWith(Words, _rig.Failures.Stopped[$"{grain.State} {grain.Key}"], StringComparison.Ordinal);
            Assert.Contains(Words, await FailureOf(grain.Ask), StringComparison.Ordinal);
            Assert.Equal(ActivationFailures.SameReasonMax, _rig.Storage.Tried(grain.State, grain.Key));
        }

        Assert.Equal(BreakerMode.Active, (await _rig.Begin("ALL_WELL").Risk.GetStatus()).Breaker.Mode);

        _rig.Storage.Unreadable.Clear();
        await Task.WhenAll(lost.Select(grain => grain.Scenario.Risk.Resume("fixed")));
        await Task.WhenAll(lost.Select(grain => Eventually.TrueAsync(
            $"{grain.State} {grain.Key} is tried again", async () => await FailureOf(grain.Ask) is null, Limit)));
        Assert.Empty(_rig.Failures.Stopped);
        Assert.All(lost, grain => Assert.Equal(ActivationFailures.SameReasonMax, _rig.Storage.Tried(grain.State, grain.Key)));
    }

    /// <summary>
    /// An operator resumes through the risk grain, so it is retried automatically; until it is active nothing is sent.
    /// </summary>
    [Fact]
    public async Task RiskThatCannotBeRead_SendsNothingIsNamedAndComesBackByItself()
    {
        var scenario = _rig.Begin("RISK_LOST");
        await scenario.OpenAsync();
        var place = (GrainStateNames.Risk, scenario.Portfolio);
        _rig.Storage.Unreadable[place] = new FormatException(Words);
        await _rig.RestartAsync(scenario.Risk);
        await Eventually.TrueAsync(
            "the risk grain is named",
            async () => await FailureOf(() => scenario.PlaceAsync()) is not null && _rig.Failures.Stopped.ContainsKey($"risk {scenario.Portfolio}"),
            Limit);
        Assert.Contains("is retried automatically", _rig.Failures.Stopped[$"risk {scenario.Portfolio}"], StringComparison.Ordinal);
        Assert.Contains(Words, await FailureOf(() => scenario.PlaceAsync()), StringComparison.Ordinal);
        Assert.Empty(await scenario.Execution.GetOrders(10));

        _rig.Storage.Unreadable.Clear();
        await Eventually.TrueAsync("the risk grain is up", async () => await FailureOf(scenario.Risk.GetStatus) is null, Limit);
        Assert.Empty(_rig.Failures.Stopped);
    }

    /// <summary>A store that does not answer halts nothing: it may come back, and is retried.</summary>
    [Fact]
    public async Task StoreThatDoesNotAnswer_IsNamedHaltsNothingAndComesBackByItself()
    {
        var scenario = _rig.Begin("PORTFOLIO_LOST");
        var books = _rig.Grains.GetGrain<IPortfolioGrain>(scenario.Portfolio);
        _rig.Storage.Unreadable[(GrainStateNames.Portfolio, scenario.Portfolio)] = new IOException("no connection");
        await Eventually.TrueAsync(
            "the portfolio is named",
            async () => await FailureOf(books.GetSnapshot) is not null && _rig.Failures.Stopped.ContainsKey($"portfolio {scenario.Portfolio}"),
            Limit);
        Assert.NotNull(await FailureOf(() => scenario.PlaceAsync()));
        Assert.NotEqual(BreakerMode.Halted, (await scenario.Risk.GetStatus()).Breaker.Mode);

        _rig.Storage.Unreadable.Clear();
        await Eventually.TrueAsync("the books are up", async () => await FailureOf(books.GetSnapshot) is null, Limit);
        Assert.Empty(_rig.Failures.Stopped);
    }

    private LostGrain[] Lost()
    {
        var (books, features, instrument, signals) = (_rig.Begin("PORTFOLIO_LOST"), _rig.Begin("FEATURE_LOST"), _rig.Begin("INSTRUMENT_LOST"), _rig.Begin("SIGNAL_LOST"));
        var strategy = GrainKeys.Signal(signals.Instrument, signals.Portfolio);
        return
        [
            new(GrainStateNames.Portfolio, books.Portfolio, books, () => _rig.Grains.GetGrain<IPortfolioGrain>(books.Portfolio).GetSnapshot()),
            new(GrainStateNames.Feature, features.Instrument.Key, features, () => _rig.Grains.GetGrain<IFeatureGrain>(features.Instrument.Key).GetDecisionAgeMs()),
            new(GrainStateNames.Instrument, instrument.Instrument.Key, instrument, () => _rig.Grains.GetGrain<IInstrumentGrain>(instrument.Instrument.Key).GetRules()),
            new(GrainStateNames.Signal, strategy, signals, () => _rig.Grains.GetGrain<ISignalGrain>(strategy).GetStatus()),
        ];
    }

    private static async Task<string?> FailureOf(Func<Task> ask)
    {
        try
        {
            await ask();
            return null;
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }

    private sealed record LostGrain(string State, string Key, Scenario Scenario, Func<Task> Ask);
}
