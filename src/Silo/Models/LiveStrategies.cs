using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Strategies;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Models;

/// <summary>Lets a compiled strategy send real orders only when an operator has named it, after a review of its source.</summary>
internal static class LiveStrategies
{
    /// <exception cref="StartupException">A strategy would trade at Binance without being named, or an entry names none.</exception>
    public static void Demand(StrategyCatalog catalog, AgentOptions agent, VenueKind venue)
    {
        var unknown = agent.LiveStrategies.FirstOrDefault(entry => catalog.Definitions.All(d => d.SourceHash is null || d.Name != NameOf(entry)));
        if (unknown is not null)
        {
            throw new StartupException(
                $"Agent:LiveStrategies: '{unknown}' is not a strategy of Agent:StrategyFolder ('{agent.StrategyFolder}'): correct or remove it");
        }

        if (venue is not (VenueKind.BinanceLive or VenueKind.BinanceTestnet))
        {
            return;
        }

        foreach (var strategy in agent.Strategies)
        {
            foreach (var definition in new[] { strategy.Model, strategy.Fallback }.Select(catalog.Find))
            {
                if (definition is { SourceHash: { } hash } && !agent.LiveStrategies.Any(entry => Names(entry, definition.Name, hash)))
                {
                    throw new StartupException(
                        $"strategy '{strategy.Name}' would send real orders as {definition.Source} decides, which Agent:LiveStrategies does not name with "
                        + $"this source: review the file, then add '{definition.Name}@{hash[..StrategyDefinition.SourceDigits]}' to Agent:LiveStrategies");
                }
            }
        }
    }

    private static bool Names(string entry, string name, string sourceHash)
    {
        var digits = entry[NameOf(entry).Length..].TrimStart('@');
        return NameOf(entry) == name
            && (entry == name
                || (digits.Length >= StrategyDefinition.SourceDigits && sourceHash.StartsWith(digits, StringComparison.OrdinalIgnoreCase)));
    }

    private static string NameOf(string entry) => entry.Split('@')[0];
}
