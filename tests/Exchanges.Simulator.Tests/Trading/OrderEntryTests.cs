using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using static BtcAgent.Exchanges.Simulator.Tests.Trading.TradingClient;

namespace BtcAgent.Exchanges.Simulator.Tests.Trading;

/// <summary>
/// The agent's connector places, changes and cancels at the simulated venue, over the WebSocket API and REST.
/// </summary>
public sealed class OrderEntryTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Market_OrderFills_AndBalancesMoveByTheFillsToTheDigit(bool overWebSocket)
    {
        await using var client = await StartAsync(overWebSocket);
        var before = await client.Venue.GetBalancesAsync(client.Running.Limit);
        var answer = await client.PlaceAsync(client.Intent(OrderType.Market, Side.Buy, "0.05"));
        Assert.Equal(VenueOutcome.Done, answer.Outcome);
        var fills = answer.Reports.Where(r => r.Kind == ExecutionReportKind.Trade).Select(r => r.Fill!).ToList();
        Assert.Equal(Quantity.Parse("0.05"), fills.Aggregate(Quantity.Zero, (sum, fill) => sum + fill.Quantity));

        var after = await client.Venue.GetBalancesAsync(client.Running.Limit);
        Assert.Equal(before["USDT"] - fills.Sum(f => f.Notional), after["USDT"]);
        Assert.Equal(before["BTC"] + 0.05m - fills.Sum(f => f.Fee), after["BTC"]);
        Assert.All(fills, fill => Assert.Equal(decimal.Round(fill.Quantity.ToDecimal() / 1000, 8, MidpointRounding.ToZero), fill.Fee));

        var trades = await client.Venue.GetTradesAsync(Btc, 0, client.Running.Limit);
        Assert.Equal(fills.Select(f => f.TradeId), trades.Select(t => $"{t.TradeId}"));
        Assert.Equal(trades[^1].TradeId, await client.Venue.GetLastTradeIdAsync(Btc, client.Running.Limit));
    }

    [Fact]
    public async Task Limit_RestsIsListedAndCancels()
    {
        await using var client = await StartAsync();
        var intent = client.Intent(OrderType.Limit, Side.Sell, "0.1", client.Away(Side.Sell));
        Assert.Equal(ExecutionReportKind.Accepted, Assert.Single((await client.PlaceAsync(intent)).Reports).Kind);
        Assert.Equal(intent.ClientOrderId, Assert.Single(await client.Venue.GetOpenOrdersAsync(Btc, client.Running.Limit)).ClientOrderId);

        var canceled = await client.Venue.CancelAsync(Btc, intent.ClientOrderId, client.Running.Limit);
        Assert.Equal(ExecutionReportKind.Canceled, Assert.Single(canceled.Reports).Kind);
        Assert.Equal(intent.ClientOrderId, canceled.Reports[0].ClientOrderId);
        Assert.Empty(await client.Venue.GetOpenOrdersAsync(Btc, client.Running.Limit));
        Assert.Equal(OrderStatus.Canceled, (await client.FindAsync(intent))!.Status);
        await client.SeesAsync("both events", () => client.Reports.Select(r => r.Kind).SequenceEqual([ExecutionReportKind.Accepted, ExecutionReportKind.Canceled]));
        Assert.All(client.Reports, report => Assert.Equal(intent.ClientOrderId, report.ClientOrderId));

        var again = await client.Venue.CancelAsync(Btc, intent.ClientOrderId, client.Running.Limit);
        Assert.Equal(VenueOutcome.Refused, again.Outcome);
        Assert.Contains("-2011", again.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CancelAndTrades_ByTheVenuesId_ReachTheOneOrder(bool overWebSocket)
    {
        await using var client = await StartAsync(overWebSocket);
        var bought = (await client.PlaceAsync(client.Intent(OrderType.Market, Side.Buy, "0.05"))).Reports[0].VenueOrderId!;
        await client.PlaceAsync(client.Intent(OrderType.Market, Side.Sell, "0.01"));
        var rests = (await client.PlaceAsync(client.Intent(OrderType.Limit, Side.Sell, "0.1", client.Away(Side.Sell)))).Reports[0].VenueOrderId!;

        var trades = await client.Venue.GetTradesOfOrderAsync(Btc, bought, client.Running.Limit);
        Assert.All(trades, trade => Assert.Equal(bought, trade.VenueOrderId));
        Assert.Equal(Quantity.Parse("0.05"), trades.Aggregate(Quantity.Zero, (sum, trade) => sum + trade.Quantity));
        Assert.Empty(await client.Venue.GetTradesOfOrderAsync(Btc, rests, client.Running.Limit));

        var canceled = await client.Venue.CancelByVenueIdAsync(Btc, rests, client.Running.Limit);
        Assert.Equal(ExecutionReportKind.Canceled, Assert.Single(canceled.Reports).Kind);
        Assert.Empty(await client.Venue.GetOpenOrdersAsync(Btc, client.Running.Limit));
        Assert.Contains("-2011", (await client.Venue.CancelByVenueIdAsync(Btc, rests, client.Running.Limit)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OrderType.Limit, "0.000001", "50000", "LOT_SIZE")]
    [InlineData(OrderType.Limit, "0.00001", "50000", "NOTIONAL")]
    [InlineData(OrderType.Limit, "0.01", "50000.001", "PRICE_FILTER")]
    [InlineData(OrderType.Limit, "0.01", "9000", "PERCENT_PRICE_BY_SIDE")]
    [InlineData(OrderType.Limit, "50", "50000", "insufficient balance")]
    [InlineData(OrderType.LimitMaker, "0.01", "100000", "immediately match")]
    public async Task Place_AgainstARule_IsRefusedWithItsName(OrderType type, string quantity, string price, string words)
    {
        await using var client = await StartAsync(withStream: false);
        var intent = client.Intent(type, Side.Buy, quantity, price);
        var answer = await client.PlaceAsync(intent);
        Assert.Equal(VenueOutcome.Refused, answer.Outcome);
        Assert.Contains(words, answer.Reason, StringComparison.Ordinal);
        Assert.Null(await client.FindAsync(intent));
        Assert.Equal(200_000, (await client.Venue.GetBalancesAsync(client.Running.Limit))["USDT"]);
    }

    [Fact]
    public async Task Place_ClientIdTwice_IsRefusedOnlyWhileOpen()
    {
        await using var client = await StartAsync(withStream: false);
        var resting = client.Intent(OrderType.Limit, Side.Sell, "0.1", client.Away(Side.Sell), id: "same");
        Assert.Equal(VenueOutcome.Done, (await client.PlaceAsync(resting)).Outcome);
        var second = await client.PlaceAsync(resting);
        Assert.Contains("Duplicate", second.Reason, StringComparison.Ordinal);
        await client.Venue.CancelAsync(Btc, "same", client.Running.Limit);
        Assert.Equal(VenueOutcome.Done, (await client.PlaceAsync(resting)).Outcome);
    }

    [Theory]
    [InlineData(TimeInForce.ImmediateOrCancel)]
    [InlineData(TimeInForce.FillOrKill)]
    public async Task Limit_ThatMustNotRest_EndsExpired(TimeInForce time)
    {
        await using var client = await StartAsync(withStream: false);
        var intent = client.Intent(OrderType.Limit, Side.Buy, "0.01", client.Away(Side.Buy), time: time);
        Assert.Equal(ExecutionReportKind.Expired, (await client.PlaceAsync(intent)).Reports[^1].Kind);
        Assert.Equal(OrderStatus.Expired, (await client.FindAsync(intent))!.Status);
    }

    [Fact]
    public async Task CancelByVenueId_FillComesFirst_OrderIsFilled()
    {
        await using var client = await StartAsync();
        var intent = client.Intent(OrderType.LimitMaker, Side.Sell, "0.1", client.Away(Side.Sell));
        await client.PlaceAsync(intent);
        var id = (await client.FindAsync(intent))!.VenueOrderId;
        client.Simulated.Faults.Plan(Faults.FaultKind.FillBeforeCancel);
        Assert.Equal(VenueOutcome.Refused, (await client.Venue.CancelByVenueIdAsync(Btc, id, client.Running.Limit)).Outcome);
        Assert.Equal(OrderStatus.Filled, (await client.FindAsync(intent))!.Status);
    }

    [Theory]
    [InlineData(OrderType.StopLoss, Side.Sell, -1)]
    [InlineData(OrderType.StopLoss, Side.Buy, 1)]
    [InlineData(OrderType.TakeProfit, Side.Sell, 1)]
    [InlineData(OrderType.TakeProfit, Side.Buy, -1)]
    public async Task Conditional_BeyondTheMarket_TriggersWhenThePriceComes(OrderType type, Side side, int direction)
    {
        await using var client = await StartAsync();
        var (there, beyond) = direction < 0 ? (Side.Buy, Side.Buy) : (Side.Sell, Side.Sell);
        var intent = client.Intent(type, side, "0.01", stop: client.Away(there));
        Assert.Equal(ExecutionReportKind.Accepted, Assert.Single((await client.PlaceAsync(intent)).Reports).Kind);

        // A trade beyond the stop: an order resting there is force-filled.
        var resting = client.Intent(OrderType.Limit, beyond, "0.01", client.Away(beyond, 0.06m));
        await client.PlaceAsync(resting);
        client.Simulated.Faults.Plan(Faults.FaultKind.FillBeforeCancel);
        await client.Venue.CancelAsync(Btc, resting.ClientOrderId, client.Running.Limit);
        await client.SeesAsync("the fill", () => client.Reports.Any(r => r.Kind == ExecutionReportKind.Trade && r.ClientOrderId == intent.ClientOrderId));
        Assert.Contains(client.Reports, r => r.Kind == ExecutionReportKind.Triggered && r.ClientOrderId == intent.ClientOrderId);
    }

    [Fact]
    public async Task Conditional_AlreadyBeyondItsStop_IsRefused()
    {
        await using var client = await StartAsync(withStream: false);
        var answer = await client.PlaceAsync(client.Intent(OrderType.StopLoss, Side.Sell, "0.01", stop: client.Away(Side.Sell)));
        Assert.Contains("trigger immediately", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SelfTrade_RestingOrderExpires()
    {
        await using var client = await StartAsync();
        var resting = client.Intent(OrderType.Limit, Side.Sell, "0.01", client.Away(Side.Sell, 0.02m));
        await client.PlaceAsync(resting);

        // Large enough to take every better offer.
        client.Simulated.Transfer(Key, "USDT", 1_000_000_000);
        await client.PlaceAsync(client.Intent(OrderType.Market, Side.Buy, "5000"));
        Assert.Equal(OrderStatus.Expired, (await client.FindAsync(resting))!.Status);
    }

    /// <summary>For any orders: an account has its opening balance plus its trades, and nothing remains locked.</summary>
    [Fact]
    public async Task RandomOrders_ConserveBalances()
    {
        await using var client = await StartAsync(withStream: false, configure: options => options.OrdersPerTenSecondsMax = 10_000, trading: options => options.OrdersPerTenSecondsMax = 10_000);
        var random = new Random(5);
        for (var i = 0; i < 120; i++)
        {
            var side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
            var intent = random.Next(3) == 0
                ? client.Intent(OrderType.Market, side, "0.0" + random.Next(1, 9))
                : client.Intent(OrderType.Limit, side, "0.0" + random.Next(1, 9), client.Away(side, random.Next(-3, 20) * 0.0001m));
            await client.PlaceAsync(intent);
            if (random.Next(3) == 0)
            {
                await client.Venue.CancelAsync(Btc, intent.ClientOrderId, client.Running.Limit);
            }
        }

        foreach (var order in await client.Venue.GetOpenOrdersAsync(Btc, client.Running.Limit))
        {
            await client.Venue.CancelAsync(Btc, order.ClientOrderId, client.Running.Limit);
        }

        var trades = await client.Venue.GetTradesAsync(Btc, 0, client.Running.Limit);
        Assert.True(trades.Length > 20, $"{trades.Length} trades");
        decimal btc = 2, usdt = 200_000;
        foreach (var trade in trades)
        {
            var sign = trade.Side == Side.Buy ? 1 : -1;
            btc += (sign * trade.Quantity.ToDecimal()) - (trade.FeeAsset == "BTC" ? trade.Fee : 0);
            usdt -= (sign * trade.Price.Times(trade.Quantity)) + (trade.FeeAsset == "USDT" ? trade.Fee : 0);
        }

        var balances = await client.Venue.GetBalancesAsync(client.Running.Limit);
        Assert.Equal((btc, usdt), (balances["BTC"], balances["USDT"]));
    }
}
