using System.Globalization;
using BtcAgent.Contracts.Settings;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Experiments;

/// <summary>Refuses canary portfolios that are too large, and those that nothing would close or that a venue cannot keep apart.</summary>
internal static class CanaryShares
{
    /// <exception cref="StartupException">A canary portfolio is not allowed here; the message has the remedy.</exception>
    public static void Demand(AgentOptions agent, ExperimentOptions experiments, VenueKind venue)
    {
        foreach (var strategy in agent.Strategies.Where(strategy => strategy.CanaryPortfolio.Length > 0))
        {
            var path = $"Agent:Strategies '{strategy.Name}': CanaryPortfolio '{strategy.CanaryPortfolio}'";
            if (venue is VenueKind.BinanceTestnet or VenueKind.BinanceLive)
            {
                throw new StartupException(
                    $"{path} cannot trade at {venue}: one account serves one portfolio. Remove it: a canary then trades in its virtual account");
            }

            if (!experiments.Enabled)
            {
                throw new StartupException(
                    $"{path} requires {ExperimentOptions.Section}:Enabled, which closes the position of a canary that has ended: set it, or remove the portfolio");
            }

            var (main, share) = (BalanceOf(agent, strategy.Portfolio), BalanceOf(agent, strategy.CanaryPortfolio));
            var allowed = main * (decimal)experiments.CanaryShare;
            if (share > allowed)
            {
                throw new StartupException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path} begins with {share:0.##}, and '{strategy.Portfolio}' with {main:0.##}: {ExperimentOptions.Section}:CanaryShare allows {experiments.CanaryShare:P0} of it. Lower its InitialBalances to {allowed:0.##}, or raise the share"));
            }
        }
    }

    private static decimal BalanceOf(AgentOptions agent, string portfolio) =>
        agent.Portfolios.FirstOrDefault(p => p.Id == portfolio) is { } found ? found.InitialBalances.GetValueOrDefault(found.QuoteAsset) : 0;
}
