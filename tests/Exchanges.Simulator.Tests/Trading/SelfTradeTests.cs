using System.Text.Json;
using static BtcAgent.Exchanges.Simulator.Tests.Trading.AmendmentTests;
using static BtcAgent.Exchanges.Simulator.Tests.Trading.HandStage;

namespace BtcAgent.Exchanges.Simulator.Tests.Trading;

/// <summary>The modes of self-trade prevention, by the scenarios of Binance's FAQ.</summary>
public sealed class SelfTradeTests
{
    /// <param name="mode">Mode of the taker.</param>
    /// <param name="makerQuantity">Quantity of the resting order.</param>
    /// <param name="takerQuantity">Quantity of the incoming order.</param>
    /// <param name="maker">Status, executed and prevented quantity of the maker afterwards.</param>
    /// <param name="taker">The same for the taker.</param>
    [Theory]
    [InlineData("NONE", 1, 3, "FILLED 1 0", "PARTIALLY_FILLED 1 0")]
    [InlineData("EXPIRE_MAKER", 1, 3, "EXPIRED_IN_MATCH 0 1", "NEW 0 0")]
    [InlineData("EXPIRE_TAKER", 1, 3, "NEW 0 0", "EXPIRED_IN_MATCH 0 3")]
    [InlineData("EXPIRE_BOTH", 1, 3, "EXPIRED_IN_MATCH 0 1", "EXPIRED_IN_MATCH 0 3")]
    [InlineData("DECREMENT", 6, 2, "NEW 0 2", "EXPIRED_IN_MATCH 0 2")]
    [InlineData("DECREMENT", 2, 6, "EXPIRED_IN_MATCH 0 2", "NEW 0 2")]
    [InlineData("DECREMENT", 2, 2, "EXPIRED_IN_MATCH 0 2", "EXPIRED_IN_MATCH 0 2")]
    [InlineData("TRANSFER", 6, 2, "NEW 0 2", "EXPIRED_IN_MATCH 0 2")]
    public async Task Place_WouldTradeWithItself_DoesAsItsModeSays(string mode, int makerQuantity, int takerQuantity, string maker, string taker)
    {
        await using var stage = await StartAsync();
        var price = stage.Inside();
        var resting = await stage.LimitAsync("SELL", makerQuantity, price);
        var coming = await stage.LimitAsync("BUY", takerQuantity, price, $"&selfTradePreventionMode={mode}");

        Assert.Equal((maker, taker), (State(await stage.OrderAsync(resting)), State(await stage.OrderAsync(coming))));
        var prevented = await stage.Hand.AskAsync(
            "/api/v3/myPreventedMatches", $"symbol={Symbol}&orderId={resting.GetProperty("orderId").GetInt64()}", stage.Running.Limit);
        Assert.Equal(mode == "NONE" ? 0 : 1, prevented.GetArrayLength());
        Assert.Equal(mode != "NONE", coming.TryGetProperty("preventedMatches", out _));

        // The reservation equals the remainder, to the digit.
        var (left, bid) = (Left(await stage.OrderAsync(resting)), Left(await stage.OrderAsync(coming)) * price);
        Assert.Equal((left, bid), (await LockedAsync(stage, "BTC"), await LockedAsync(stage, "USDT")));
    }

    [Fact]
    public async Task Decrement_MakerLives_ItsReportSaysWhatIsLeftAndTheRestFills()
    {
        await using var stage = await StartAsync();
        await stage.ListenAsync();
        var price = stage.Inside();
        var resting = await stage.LimitAsync("SELL", 3, price);
        var coming = await stage.LimitAsync("BUY", 1, price, "&selfTradePreventionMode=DECREMENT");

        var report = await stage.ReportAsync(resting, "TRADE_PREVENTION");
        Assert.Equal(("NEW", "3.00000000", "1.00000000", "1.00000000"), (Text(report, "X"), Text(report, "q"), Text(report, "A"), Text(report, "B")));
        Assert.Equal(coming.GetProperty("orderId").GetInt64(), report.GetProperty("U").GetInt64());
        Assert.Equal("EXPIRED_IN_MATCH", Text(await stage.ReportAsync(coming, "TRADE_PREVENTION"), "X"));

        // Filled in full with two of three: the venue's own quantity counts.
        await stage.LimitAsync("BUY", 2, price, "&selfTradePreventionMode=NONE");
        Assert.Equal("FILLED 2 1", State(await stage.OrderAsync(resting)));
        Assert.Equal(0, await LockedAsync(stage, "BTC"));
    }

    [Fact]
    public async Task ExpireMaker_OthersAreFirst_OwnOrderBehindThemIsSpared()
    {
        await using var stage = await StartAsync();
        var resting = await stage.LimitAsync("SELL", 1, decimal.Round(stage.Inside() * 1.02m, 2));
        await stage.PlaceAsync("side=BUY&type=MARKET&quantity=0.0001");
        Assert.Equal("NEW 0 0", State(await stage.OrderAsync(resting)));
    }

    [Fact]
    public async Task Market_MeetsNobodyButItself_ExpiresForLackOfLiquidityWithItsReason()
    {
        await using var stage = await StartAsync();
        await stage.ListenAsync();
        await stage.LimitAsync("SELL", 1, stage.Inside());
        var taker = await stage.PlaceAsync("side=BUY&type=MARKET&quantity=5000");
        Assert.Equal(("EXPIRED", "INSUFFICIENT_LIQUIDITY"), (Text(taker, "status"), Text(taker, "expiryReason")));
        Assert.Equal("INSUFFICIENT_LIQUIDITY", Text(await stage.OrderAsync(taker), "expiryReason"));
        Assert.Equal("INSUFFICIENT_LIQUIDITY", Text(await stage.ReportAsync(taker, "EXPIRED"), "eR"));
    }

    [Fact]
    public async Task FillOrKill_OwnOrderInTheWay_IsKilledWhole()
    {
        await using var stage = await StartAsync();
        var price = stage.Inside();
        await stage.LimitAsync("SELL", 1, price);
        var killed = await stage.PlaceAsync(FormattableString.Invariant(
            $"side=BUY&type=LIMIT&timeInForce=FOK&quantity=1&price={price}&selfTradePreventionMode=EXPIRE_TAKER"));
        Assert.Equal(("EXPIRED", "UNFILLED_FOK_ORDER_EXPIRED"), (Text(killed, "status"), Text(killed, "expiryReason")));
    }

    [Fact]
    public async Task Place_UnknownMode_IsRefused()
    {
        await using var stage = await StartAsync();
        var (status, body) = await stage.Hand.SendAsync(
            HttpMethod.Post, "/api/v3/order", $"symbol={Symbol}&side=BUY&type=MARKET&quantity=1&selfTradePreventionMode=SOME", stage.Running.Limit);
        Assert.Equal((400, -1013), (status, body.GetProperty("code").GetInt32()));
    }

    private static string State(JsonElement order) => FormattableString.Invariant(
        $"{Text(order, "status")} {Testing.AccountHand.Amount(order, "executedQty"):0.##} {Prevented(order):0.##}");

    private static decimal Left(JsonElement order) => Text(order, "status") is "NEW" or "PARTIALLY_FILLED"
        ? Testing.AccountHand.Amount(order, "origQty") - Testing.AccountHand.Amount(order, "executedQty") - Prevented(order)
        : 0;

    private static decimal Prevented(JsonElement order) =>
        order.TryGetProperty("preventedQuantity", out _) ? Testing.AccountHand.Amount(order, "preventedQuantity") : 0;
}
