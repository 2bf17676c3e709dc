using System.Text.Json;
using BtcAgent.Domain;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using BtcAgent.Testing;
using static BtcAgent.Exchanges.Simulator.Tests.Trading.TradingClient;

namespace BtcAgent.Exchanges.Simulator.Tests.Trading;

/// <summary>
/// Order lists and cancel-replace, which the agent never sends: somebody with the account's key may, and the agent's connector reads what comes of it.
/// </summary>
public sealed class ListsByHandTests
{
    [Fact]
    public async Task Replace_CancelsAndPlacesInOneRequest_AndSaysWhenNeitherWasDone()
    {
        await using var client = await StartAsync();
        using var hand = client.Hand();
        var price = client.Away(Side.Sell);
        await hand.PlaceAsync("BTCUSDT", $"side=SELL&type=LIMIT&timeInForce=GTC&quantity=0.1&price={price}&newClientOrderId=first", client.Running.Limit);

        Assert.Equal(200, (await ReplaceAsync(client, hand, "first", "second", "0.2")).Status);
        await client.SeesAsync("the end of the first", () => client.Reports.Any(r => r.Kind == ExecutionReportKind.Canceled && r.ClientOrderId == "first"));
        Assert.Equal("second", Assert.Single(await client.Venue.GetOpenOrdersAsync(Btc, client.Running.Limit)).ClientOrderId);

        var (status, body) = await ReplaceAsync(client, hand, "first", "third", "0.2");
        Assert.Equal((400, -2022), (status, body.GetProperty("code").GetInt32()));
        Assert.Null(await client.Venue.FindOrderAsync(Btc, "third", client.Running.Limit));

        (status, body) = await ReplaceAsync(client, hand, "second", "too-large", "20");
        Assert.Equal((409, -2021), (status, body.GetProperty("code").GetInt32()));
        Assert.Equal(OrderStatus.Canceled, (await client.Venue.FindOrderAsync(Btc, "second", client.Running.Limit))!.Status);
    }

    [Fact]
    public async Task OneCancelsOther_FillOfOneEndsTheOther()
    {
        await using var client = await StartAsync();
        using var hand = client.Hand();
        await hand.DoAsync(
            HttpMethod.Post,
            "/api/v3/orderList/oco",
            $"symbol=BTCUSDT&side=SELL&quantity=0.1&aboveType=LIMIT_MAKER&abovePrice={client.Away(Side.Sell)}&aboveClientOrderId=above"
                + $"&belowType=STOP_LOSS&belowStopPrice={client.Away(Side.Buy)}&belowClientOrderId=below",
            client.Running.Limit);
        Assert.Equal(2, (await client.Venue.GetOpenOrdersAsync(Btc, client.Running.Limit)).Length);

        client.Simulated.Faults.Plan(Faults.FaultKind.FillBeforeCancel);
        Assert.Equal(VenueOutcome.Refused, (await client.Venue.CancelAsync(Btc, "above", client.Running.Limit)).Outcome);
        Assert.Equal(OrderStatus.Filled, (await client.Venue.FindOrderAsync(Btc, "above", client.Running.Limit))!.Status);
        Assert.Equal(OrderStatus.Expired, (await client.Venue.FindOrderAsync(Btc, "below", client.Running.Limit))!.Status);
        Assert.Equal(1.9m, (await client.Venue.GetBalancesAsync(client.Running.Limit))["BTC"]);
    }

    [Fact]
    public async Task OneTriggersOther_FillOfTheFirstPlacesTheSecond()
    {
        await using var client = await StartAsync();
        using var hand = client.Hand();
        await hand.DoAsync(
            HttpMethod.Post,
            "/api/v3/orderList/oto",
            $"symbol=BTCUSDT&workingType=LIMIT_MAKER&workingSide=BUY&workingQuantity=0.1&workingPrice={client.Away(Side.Buy)}&workingClientOrderId=working"
                + $"&pendingType=LIMIT_MAKER&pendingSide=SELL&pendingQuantity=0.09&pendingPrice={client.Away(Side.Sell)}&pendingClientOrderId=pending",
            client.Running.Limit);

        client.Simulated.Faults.Plan(Faults.FaultKind.FillBeforeCancel);
        await client.Venue.CancelAsync(Btc, "working", client.Running.Limit);
        Assert.Equal(OrderStatus.Filled, (await client.Venue.FindOrderAsync(Btc, "working", client.Running.Limit))!.Status);
        await client.SeesAsync("the second works", () => client.Reports.Count(r => r.ClientOrderId == "pending") >= 2);
        Assert.Equal("pending", Assert.Single(await client.Venue.GetOpenOrdersAsync(Btc, client.Running.Limit)).ClientOrderId);
    }

    private static Task<(int Status, JsonElement Body)> ReplaceAsync(
        TradingClient client, AccountHand hand, string canceled, string placed, string quantity) => hand.SendAsync(
            HttpMethod.Post,
            "/api/v3/order/cancelReplace",
            $"symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity={quantity}&price={client.Away(Side.Sell, 0.06m)}&newClientOrderId={placed}"
                + $"&cancelReplaceMode=STOP_ON_FAILURE&cancelOrigClientOrderId={canceled}",
            client.Running.Limit);
}
