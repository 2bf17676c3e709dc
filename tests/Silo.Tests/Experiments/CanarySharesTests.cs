using BtcAgent.Contracts.Settings;
using BtcAgent.Silo.Experiments;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Tests.Experiments;

public sealed class CanarySharesTests
{
    [Theory]
    [InlineData(10_000, VenueKind.Simulator, true, null)]
    [InlineData(10_000, VenueKind.BinancePaper, true, null)]
    [InlineData(10_001, VenueKind.Simulator, true, "Lower its InitialBalances to 10000")]
    [InlineData(10_000, VenueKind.BinanceLive, true, "one account serves one portfolio")]
    [InlineData(10_000, VenueKind.BinanceTestnet, true, "one account serves one portfolio")]
    [InlineData(10_000, VenueKind.Simulator, false, "Experiments:Enabled")]
    public void Demand_ByShareVenueAndDesk_AllowsOrSaysTheRemedy(int balance, VenueKind venue, bool isEnabled, string? remedy)
    {
        var agent = new AgentOptions
        {
            Portfolios =
            [
                new PortfolioOptions { Id = "main", InitialBalances = { ["USDT"] = 100_000 } },
                new PortfolioOptions { Id = "canary", InitialBalances = { ["USDT"] = balance } },
            ],
            Strategies = [new StrategyOptions { Name = "s", Portfolio = "main", CanaryPortfolio = "canary" }],
        };

        var refusal = Record.Exception(() => CanaryShares.Demand(agent, new ExperimentOptions { Enabled = isEnabled }, venue))?.Message;

        Assert.Equal(remedy is null, refusal is null);
        Assert.Contains(remedy ?? "", refusal ?? "", StringComparison.Ordinal);
    }
}
