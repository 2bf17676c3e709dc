using System.Collections.Frozen;
using BtcAgent.Contracts.Settings;
using BtcAgent.Grains.Keys;
using BtcAgent.Grains.Storage;

namespace BtcAgent.Grains.Activations;

/// <summary>
/// The grains that must activate for anything to trade, by the name of their state, and the portfolios that each one halts.
/// </summary>
internal sealed class WatchedGrains(ActivationFailures failures, AgentOptions agent)
{
    private static readonly FrozenDictionary<string, Func<AgentOptions, string, IEnumerable<string>>> _portfolios =
        new Dictionary<string, Func<AgentOptions, string, IEnumerable<string>>>
        {
            [GrainStateNames.Portfolio] = (_, key) => [key],
            [GrainStateNames.Execution] = (_, key) => [GrainKeys.Split(key).First],
            [GrainStateNames.Signal] = (agent, key) => agent.Strategies
                .Where(strategy => GrainKeys.Signal(InstrumentId.Parse(strategy.Instrument), strategy.Name) == key)
                .SelectMany(strategy => strategy.TradedPortfolios()),
            [GrainStateNames.Feature] = TradedOn,
            [GrainStateNames.Instrument] = TradedOn,

            // Nothing is sent without their answer, and operators resume through them: they are always retried.
            [GrainStateNames.Risk] = (_, _) => [],
            [GrainStateNames.TradingControl] = (_, _) => [],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public bool Watches(string state) => _portfolios.ContainsKey(state);

    /// <summary>Why the grain must not be activated at all; null when it may.</summary>
    public string? Refusal(string state, string key) =>
        failures.StandstillOf(Name(state, key)) is { MayPass: false } standstill ? $"{Name(state, key)} {standstill.Words}" : null;

    public void Failed(string state, string key, string what, Exception failure)
    {
        string[] portfolios = [.. _portfolios[state](agent, key).Distinct()];
        failures.Failed(
            Name(state, key), $"{what}: {failure.GetType().Name}: {failure.Message}", portfolios.Length == 0 || ActivationFailures.MayPass(failure), portfolios);
    }

    /// <summary>Runs the rest of an activation, and records whether it succeeds.</summary>
    public async Task Activate(string state, IGrainBase grain, Func<Task> activate)
    {
        var key = grain.GrainContext.GrainId.Key.ToString()!;
        try
        {
            await activate();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Failed(state, key, "it cannot start", e);
            throw;
        }

        failures.Clear(Name(state, key));
    }

    private static string Name(string state, string key) => $"{state} {key}";

    private static IEnumerable<string> TradedOn(AgentOptions agent, string instrument) =>
        agent.Strategies.Where(strategy => strategy.Instrument == instrument).SelectMany(strategy => strategy.TradedPortfolios());
}
