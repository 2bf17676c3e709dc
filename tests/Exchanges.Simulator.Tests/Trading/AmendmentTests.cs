using System.Text.Json;
using BtcAgent.Testing;
using static BtcAgent.Exchanges.Simulator.Tests.Trading.HandStage;

namespace BtcAgent.Exchanges.Simulator.Tests.Trading;

/// <summary>Orders amended by hand. Source: Binance, "Order Amend Keep Priority FAQ" and its REST documentation.</summary>
public sealed class AmendmentTests
{
    [Fact]
    public async Task Amend_NoNewId_OrderGetsAnotherClientIdAndKeepsItsVenueIdAndPlace()
    {
        await using var stage = await StartAsync();
        await stage.ListenAsync();
        var price = stage.Inside();
        var placed = await stage.LimitAsync("SELL", 2, price, "&newClientOrderId=mine");
        var id = placed.GetProperty("orderId").GetInt64();

        var (status, body) = await stage.Hand.AmendAsync(Symbol, id, 1.5m, stage.Running.Limit);

        Assert.Equal(200, status);
        var amended = body.GetProperty("amendedOrder");
        Assert.Equal((id, "mine", 1.5m), (amended.GetProperty("orderId").GetInt64(), Text(amended, "origClientOrderId"), AccountHand.Amount(amended, "qty")));
        var renamed = Text(amended, "clientOrderId");
        Assert.NotEqual("mine", renamed);

        var report = await stage.ReportAsync(placed, "REPLACED");
        Assert.Equal(("NEW", renamed, "mine", "1.50000000"), (Text(report, "X"), Text(report, "c"), Text(report, "C"), Text(report, "q")));
        var byOldName = await stage.Hand.SendAsync(HttpMethod.Get, "/api/v3/order", $"symbol={Symbol}&origClientOrderId=mine", stage.Running.Limit);
        Assert.Equal(-2013, byOldName.Body.GetProperty("code").GetInt32());

        var history = await stage.Hand.AskAsync("/api/v3/order/amendments", $"symbol={Symbol}&orderId={id}", stage.Running.Limit);
        Assert.Equal(("2.00000000", "1.50000000"), (Text(history[0], "origQty"), Text(history[0], "newQty")));
        await stage.LimitAsync("BUY", 1, price, "&selfTradePreventionMode=NONE");
        Assert.Equal(("PARTIALLY_FILLED", "1.00000000"), (Text(await stage.OrderAsync(placed), "status"), Text(await stage.OrderAsync(placed), "executedQty")));
    }

    [Fact]
    public async Task Amend_NewIdGiven_IsTaken()
    {
        await using var stage = await StartAsync();
        var placed = await stage.LimitAsync("SELL", 2, stage.Inside(), "&newClientOrderId=mine");
        var (_, body) = await stage.Hand.AmendAsync(Symbol, placed.GetProperty("orderId").GetInt64(), 1, stage.Running.Limit, "mine");
        Assert.Equal("mine", Text(body.GetProperty("amendedOrder"), "clientOrderId"));
        Assert.Equal("1.00000000", Text(await stage.OrderAsync(placed), "origQty"));
    }

    [Theory]
    [InlineData(3, "quantity increase")]
    [InlineData(2, "change no state")]
    public async Task Amend_NoReduction_IsRefusedAndChangesNothing(int quantity, string words)
    {
        await using var stage = await StartAsync();
        var placed = await stage.LimitAsync("SELL", 2, stage.Inside());
        var (status, body) = await stage.Hand.AmendAsync(Symbol, placed.GetProperty("orderId").GetInt64(), quantity, stage.Running.Limit);
        Assert.Equal((400, -2038), (status, body.GetProperty("code").GetInt32()));
        Assert.Contains(words, Text(body, "msg"), StringComparison.Ordinal);
        Assert.Equal((Text(placed, "clientOrderId"), "2.00000000"), (Text(await stage.OrderAsync(placed), "clientOrderId"), Text(await stage.OrderAsync(placed), "origQty")));
    }

    [Fact]
    public async Task Amend_ToWhatHasTraded_EndsTheOrderAndFreesItsBalance()
    {
        await using var stage = await StartAsync();
        var price = stage.Inside();
        var placed = await stage.LimitAsync("SELL", 2, price);
        await stage.LimitAsync("BUY", 1, price, "&selfTradePreventionMode=NONE");
        await stage.Hand.AmendAsync(Symbol, placed.GetProperty("orderId").GetInt64(), 1, stage.Running.Limit);
        Assert.Equal(("EXPIRED", "1.00000000"), (Text(await stage.OrderAsync(placed), "status"), Text(await stage.OrderAsync(placed), "origQty")));
        Assert.Equal(0, await LockedAsync(stage, "BTC"));
    }

    [Fact]
    public async Task Amend_ElevenTimes_TheLastIsRefused()
    {
        await using var stage = await StartAsync();
        var placed = await stage.LimitAsync("SELL", 2, stage.Inside());
        var id = placed.GetProperty("orderId").GetInt64();
        for (var i = 1; i <= 10; i++)
        {
            Assert.Equal(200, (await stage.Hand.AmendAsync(Symbol, id, 2 - (i * 0.01m), stage.Running.Limit)).Status);
        }

        Assert.Equal(400, (await stage.Hand.AmendAsync(Symbol, id, 1, stage.Running.Limit)).Status);
        Assert.Equal(1.9m, await LockedAsync(stage, "BTC"));
    }

    internal static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    internal static async Task<decimal> LockedAsync(HandStage stage, string asset) =>
        AccountHand.Amount((await stage.Hand.AskAsync("/api/v3/account", "omitZeroBalances=false", stage.Running.Limit))
            .GetProperty("balances").EnumerateArray().Single(b => b.GetProperty("asset").GetString() == asset), "locked");
}
