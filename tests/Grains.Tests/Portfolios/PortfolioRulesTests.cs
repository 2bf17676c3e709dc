using BtcAgent.Domain;
using BtcAgent.Domain.Orders;
using BtcAgent.Grains.Tests.Instruments;
using static BtcAgent.Grains.Tests.Execution.LiveCluster;

namespace BtcAgent.Grains.Tests.Portfolios;

public sealed class PortfolioRulesTests
{
    /// <summary>The venue may rename an asset at any time, while the activation that books lives for weeks.</summary>
    [Fact]
    public async Task Apply_RulesChangedSinceTheLastFill_BooksByTheNewOnes()
    {
        await using var cluster = await StartAsync();
        cluster.Time.Stop();
        await cluster.Books.Apply([FillOf("1")]);
        await cluster.Instrument.SetRules(PlainRules.Of(Btc) with { BaseAsset = "XBT" });
        await cluster.Books.Apply([FillOf("2")]); // Within a second of the question before.
        Assert.Equal(2, (await cluster.Books.GetSnapshot()).Balances["BTC"]);

        cluster.Time.Skip(TimeSpan.FromSeconds(1));
        await cluster.Books.Apply([FillOf("3")]);
        var balances = (await cluster.Books.GetSnapshot()).Balances;
        Assert.Equal((2, 1), (balances["BTC"], balances["XBT"]));
    }

    private static Fill FillOf(string tradeId) => new()
    {
        TradeId = tradeId,
        ClientOrderId = $"ba-{tradeId}",
        Portfolio = Portfolio,
        Instrument = Btc,
        Side = Side.Buy,
        Price = Price.Parse("10"),
        Quantity = Quantity.Parse("1"),
        Fee = 0,
        FeeAsset = "USDT",
        IsMaker = false,
        EventTime = Timestamp.FromUnixMilliseconds(1_700_000_000_000),
    };
}
