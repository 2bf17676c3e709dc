using System.Reflection;
using System.Text.Json;
using BtcAgent.Domain.Orders;
using BtcAgent.Exchanges.Binance.Execution.Payloads;
using BtcAgent.Exchanges.Binance.Execution.Signing;
using BtcAgent.Exchanges.Binance.Execution.Transport;
using BtcAgent.Exchanges.Binance.Rest;

namespace BtcAgent.Exchanges.Binance.Tests.Execution;

/// <summary>The venue's change log of 2026, entry by entry: see <c>docs/binance-2026.md</c>.</summary>
public sealed class VenueOf2026Tests
{
    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    [Theory]
    [InlineData("INSUFFICIENT_LIQUIDITY")]
    [InlineData("EXECUTION_RULE_PRICE_RANGE_EXCEEDED")]
    [InlineData("A_REASON_OF_TOMORROW")]
    public void ExpiryReason_InReportAndAnswer_IsKeptAsItIs(string reason)
    {
        Assert.True(UserEventParser.TryRead(JsonElement.Parse(Report($$"""
            "x":"EXPIRED","X":"EXPIRED","r":"NONE","eR":"{{reason}}"
            """)), out var read, out var problem), problem);
        var report = read!.Order!.Value.Report;
        Assert.Equal((ExecutionReportKind.Expired, reason, reason), (report.Kind, report.Reason, report.VenueOrder!.Reason));

        var asked = OrderPayloads.ReadOrder(JsonElement.Parse(Order($",\"expiryReason\":\"{reason}\"")), Btc);
        Assert.Equal((OrderStatus.Expired, reason), (asked.Status, asked.Reason));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"expiryReason\":\"NONE\"")]
    public void ExpiryReason_AbsentOrNone_IsNoReason(string field) =>
        Assert.Null(OrderPayloads.ReadOrder(JsonElement.Parse(Order(field)), Btc).Reason);

    [Fact]
    public void RejectReason_BesideAnExpiryReason_ComesFirst()
    {
        Assert.True(UserEventParser.TryRead(JsonElement.Parse(Report(
            "\"x\":\"EXPIRED\",\"X\":\"EXPIRED\",\"r\":\"INSUFFICIENT_BALANCES\",\"eR\":\"REJECTED\"")), out var read, out _));
        Assert.Equal("INSUFFICIENT_BALANCES", read!.Order!.Value.Report.Reason);
    }

    /// <summary>As documented: wrapped in <c>event</c> alone, without a subscription.</summary>
    [Theory]
    [InlineData("""{"event":{"e":"serverShutdown","E":1770123456789}}""")]
    [InlineData("""{"e":"serverShutdown","E":1770123456789}""")]
    public void ServerShutdown_OfTheWebSocketApi_IsRead(string message)
    {
        Assert.True(UserEventParser.TryRead(JsonElement.Parse(message), out var read, out _));
        Assert.True(read!.IsServerShutdown);
    }

    /// <summary>Retired in 2026: the listen key on 02-20, version 1 of the REST API and <c>!ticker@arr</c> on 03-25 and 03-26.</summary>
    [Fact]
    public void Calls_NoneIsRetired()
    {
        var calls = typeof(ApiCall).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<ApiCall>().ToList();
        Assert.True(calls.Count >= 8, $"{calls.Count} calls");

        // The rights of a key are an account endpoint, whose only version is 1.
        Assert.All(
            calls.Where(call => call.Path != "/sapi/v1/account/apiRestrictions"),
            call => Assert.True(call.Path.Length == 0 || call.Path.StartsWith("/api/v3/", StringComparison.Ordinal), call.Path));
        Assert.DoesNotContain(calls, call => call.Path.Contains("userDataStream", StringComparison.Ordinal)
            || call.Method is "userDataStream.start" or "userDataStream.ping" or "userDataStream.stop");
    }

    /// <summary>2026-01-15: what is signed is percent-encoded first, or the venue answers −1022.</summary>
    [Fact]
    public void Query_CharactersThatNeedEncoding_AreSignedAsTheyAreSent()
    {
        var query = new RequestParameters().With("symbol", "这是测试币456").With("newClientOrderId", "a:b/c").ToQuery();
        Assert.Equal("symbol=%E8%BF%99%E6%98%AF%E6%B5%8B%E8%AF%95%E5%B8%81456&newClientOrderId=a%3Ab%2Fc", query);
    }

    [Fact]
    public void NoReferencePrice_HasAMeaning() =>
        Assert.Contains("no reference price", ErrorCodes.MeaningOf(400, -2043).Remedy, StringComparison.Ordinal);

    private static string Report(string happened) => $$$"""
        {"subscriptionId":0,"event":{"e":"executionReport","E":1499405658658,"s":"BTCUSDT","c":"mine","S":"BUY","o":"LIMIT","f":"IOC",
        "q":"1.00000000","p":"0.10264410","P":"0.00000000","F":"0.00000000","g":-1,"C":"",{{{happened}}},"i":4293153,"l":"0.00000000",
        "z":"0.00000000","L":"0.00000000","n":"0","N":null,"T":1499405658657,"t":-1,"I":8641984,"w":false,"m":false,"M":false,
        "O":1499405658657,"Z":"0.00000000","Y":"0.00000000","Q":"0.00000000","W":1499405658657,"V":"NONE"}}
        """;

    private static string Order(string more) => $$"""
        {"symbol":"BTCUSDT","orderId":1,"orderListId":-1,"clientOrderId":"mine","price":"0.1","origQty":"1.0","executedQty":"0.0",
        "cummulativeQuoteQty":"0.0","status":"EXPIRED","timeInForce":"IOC","type":"LIMIT","side":"BUY","stopPrice":"0.0",
        "time":1499827319559,"updateTime":1499827319559,"isWorking":true,"selfTradePreventionMode":"NONE"{{more}}}
        """;
}
