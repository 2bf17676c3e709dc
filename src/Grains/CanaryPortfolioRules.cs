using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Grains;

/// <summary>Checks that a canary portfolio belongs to one strategy, and begins with money of its quote asset only.</summary>
internal static class CanaryPortfolioRules
{
    public static IEnumerable<string> Failures(AgentOptions options) =>
        options.Strategies.Where(strategy => strategy.CanaryPortfolio.Length > 0).SelectMany(strategy => Failures(options, strategy)).Distinct();

    private static IEnumerable<string> Failures(AgentOptions options, StrategyOptions strategy)
    {
        var name = strategy.CanaryPortfolio;
        var path = $"Agent:Strategies '{strategy.Name}': CanaryPortfolio '{name}'";
        if (options.Portfolios.FirstOrDefault(p => p.Id == name) is not { } canary)
        {
            yield return $"{path} is not in Agent:Portfolios ({string.Join(", ", options.Portfolios.Select(p => p.Id))}): add it";
            yield break;
        }

        if (strategy.Model != SignalModels.Trained)
        {
            yield return $"{path} requires Model {SignalModels.Trained}: a rule has no canary, remove it";
        }

        if (options.Strategies.FirstOrDefault(s => s.Portfolio == name) is { } owner)
        {
            yield return $"{path} is the portfolio of strategy '{owner.Name}': a canary needs another one";
        }

        if (options.Strategies.FirstOrDefault(s => s.CanaryPortfolio == name && s.Name != strategy.Name) is { } other)
        {
            yield return $"{path} is that of strategy '{other.Name}' too: give each its own";
        }

        if (options.Strategies.Any(s => s.Name == strategy.Name && (s.CanaryPortfolio != name || s.Portfolio != strategy.Portfolio)))
        {
            yield return $"{path}: set the same Portfolio and CanaryPortfolio on each instrument of '{strategy.Name}'";
        }

        if (options.Portfolios.FirstOrDefault(p => p.Id == strategy.Portfolio) is { } main && main.QuoteAsset != canary.QuoteAsset)
        {
            yield return $"{path} has the quote asset {canary.QuoteAsset}, and '{main.Id}' {main.QuoteAsset}: set the same one";
        }

        if (canary.InitialBalances.Any(balance => balance.Key != canary.QuoteAsset) || canary.InitialBalances.GetValueOrDefault(canary.QuoteAsset) <= 0)
        {
            yield return $"{path}: its InitialBalances take an amount of {canary.QuoteAsset} above 0, and nothing else: a canary begins without a position";
        }
    }
}
