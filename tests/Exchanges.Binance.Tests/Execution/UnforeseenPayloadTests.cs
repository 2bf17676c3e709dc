using System.Text;
using System.Text.Json;
using BtcAgent.Domain.Orders;
using BtcAgent.Exchanges.Binance.Execution.Payloads;

namespace BtcAgent.Exchanges.Binance.Tests.Execution;

/// <summary>
/// Payloads with words that this agent does not know. Shapes by the venue's documentation, values made up.
/// </summary>
public sealed class UnforeseenPayloadTests
{
    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    [Fact]
    public void Replaced_IsAnAmendmentUnderTheNewNameOfTheSameOrder()
    {
        var report = ReadReport(Event("REPLACED", "NEW", name: "Xk3rQ", original: "ba-1", quantity: "0.6"));
        Assert.Equal(ExecutionReportKind.Amended, report.Kind);
        Assert.Equal(("Xk3rQ", "ba-1", "77", Quantity.Parse("0.6")), (report.ClientOrderId, report.VenueOrder!.FormerClientOrderId, report.VenueOrderId, report.VenueOrder.Quantity));
        Assert.Null(report.Payload);
    }

    [Theory]
    [InlineData("PARTIALLY_FILLED", ExecutionReportKind.Amended, OrderStatus.PartiallyFilled)]
    [InlineData("EXPIRED_IN_MATCH", ExecutionReportKind.Expired, OrderStatus.Expired)]
    public void TradePrevention_TakesItsQuantityAway(string word, ExecutionReportKind kind, OrderStatus status)
    {
        var report = ReadReport(Event("TRADE_PREVENTION", word, more: ",\"v\":3,\"A\":\"0.3\",\"B\":\"0.3\""));
        Assert.Equal((kind, status), (report.Kind, report.VenueOrder!.Status));
        Assert.Equal(Quantity.Parse("0.7"), report.VenueOrder.QuantityToFill);
    }

    [Theory]
    [InlineData("PONDERED", "NEW", "event 'PONDERED'")]
    [InlineData("NEW", "PONDERED", "order status 'PONDERED'")]
    public void UnknownWord_IsReadWithItsPayload(string happened, string status, string words)
    {
        var json = Event(happened, status);
        var report = ReadReport(json);
        Assert.Contains(words, report.VenueOrder!.Unclear, StringComparison.Ordinal);
        Assert.Equal(json, report.Payload);
        Assert.Equal(status == "PONDERED" ? OrderStatus.Unclear : OrderStatus.Accepted, report.VenueOrder.Status);
    }

    [Theory]
    [InlineData("\"N\":null")]
    [InlineData("\"N\":\"\"")]
    [InlineData("\"Nx\":1")]
    public void TradeWithoutAFeeAsset_IsReadAndSaysSo(string asset)
    {
        var report = ReadReport(Event("TRADE", "FILLED").Replace("\"N\":null", asset, StringComparison.Ordinal).Replace("\"n\":\"0\"", "\"n\":\"0.1\"", StringComparison.Ordinal));
        Assert.Equal((0.1m, ""), (report.Fill!.Fee, report.Fill.FeeAsset));
    }

    /// <summary>The venue's own example, and a second amendment listed before it. Source: Binance, "Query Order Amendments".</summary>
    [Fact]
    public void Amendments_FirstNameIsTheOneBeforeTheFirst()
    {
        const string First = """{"symbol":"BTCUSDT","orderId":9,"executionId":22,"origClientOrderId":"W0fJ9fiLKHOJutovPK3oJp","newClientOrderId":"UQ1Np3bmQ71jJzsSDW9Vpi","origQty":"5.00000000","newQty":"4.00000000","time":1741669661670}""";
        var second = First.Replace("22", "23", StringComparison.Ordinal).Replace("W0fJ9fiLKHOJutovPK3oJp", "UQ1Np3bmQ71jJzsSDW9Vpi", StringComparison.Ordinal);
        Assert.Equal("W0fJ9fiLKHOJutovPK3oJp", OrderPayloads.ReadFirstName(JsonElement.Parse($"[{second},{First}]")));
        Assert.Null(OrderPayloads.ReadFirstName(JsonElement.Parse("[]")));
        Assert.Throws<FormatException>(() => OrderPayloads.ReadFirstName(JsonElement.Parse("""[{"orderId":9}]""")));
    }

    [Fact]
    public void ListedTradeWithoutAFeeAsset_DoesNotSpoilTheList()
    {
        var json = JsonElement.Parse("""[{"id":7,"orderId":1,"price":"1","qty":"2","commission":"0.1","commissionAsset":null,"time":1499865549590,"isBuyer":true,"isMaker":false},{"id":8,"orderId":1,"price":"1","qty":"2","commission":"0.1","commissionAsset":"BNB","time":1499865549590,"isBuyer":true,"isMaker":false}]""");
        Assert.Equal(["", "BNB"], OrderPayloads.ReadTrades(json).Select(trade => trade.FeeAsset));
    }

    [Theory]
    [InlineData("币安人生USDT")]
    [InlineData("btcusdt")]
    public void SymbolThatIsNoInstrument_IsNamedAndNotUnreadable(string symbol)
    {
        var json = Event("NEW", "NEW").Replace("\"BTCUSDT\"", JsonSerializer.Serialize(symbol), StringComparison.Ordinal);
        Assert.True(UserEventParser.TryRead(Encoding.UTF8.GetBytes(json), out var read, out _));
        Assert.Equal(symbol, read!.OtherSymbol);
    }

    [Fact]
    public void UnreadableReport_StillSaysWhichSymbolItIsAbout()
    {
        var json = JsonElement.Parse(Event("NEW", "NEW", quantity: "many"));
        Assert.False(UserEventParser.TryRead(json, out _, out var problem));
        Assert.NotNull(problem);
        Assert.Equal("BTCUSDT", UserEventParser.SymbolOf(json));
        Assert.Null(UserEventParser.SymbolOf(JsonElement.Parse("[1]")));
    }

    [Fact]
    public void OrderOnRecordWithUnknownWords_KeepsTheListReadable()
    {
        const string Order = """{"symbol":"BTCUSDT","orderId":28,"clientOrderId":"a","price":"1.0","origQty":"1.0","executedQty":"0.2","status":"NEW","timeInForce":"GTC","type":"LIMIT","side":"BUY","updateTime":1507725176595,"preventedQuantity":"0.3"}""";
        var json = JsonElement.Parse($"[{Order},{Order.Replace("\"LIMIT\"", "\"PEGGED\"", StringComparison.Ordinal)},{Order.Replace("\"NEW\"", "\"PONDERED\"", StringComparison.Ordinal)}]");
        var orders = OrderPayloads.ReadOrders(json, Btc);
        Assert.Equal([null, "order type 'PEGGED'", "order status 'PONDERED'"], orders.Select(order => order.Unclear));
        Assert.All(orders, order => Assert.Equal(Quantity.Parse("0.7"), order.QuantityToFill));
        Assert.Null(orders[0].Payload);
        Assert.Contains("PONDERED", orders[2].Payload, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoEqualTransfersInOneMillisecond_HaveTwoIdsTheSameOnEveryConnection()
    {
        Assert.True(UserEventParser.TryRead("""{"e":"balanceUpdate","E":2,"a":"USDT","d":"5.0","T":1615926131285}"""u8.ToArray(), out var read, out _));
        var id = read!.Transfer!.Id;
        string[] ids = [id, $"{id}-2", $"{id}-3"];
        foreach (var connection in new[] { new RepeatedIds(), new RepeatedIds() })
        {
            Assert.Equal(ids, Enumerable.Range(0, 3).Select(_ => connection.Next(id)));
        }
    }

    private static ExecutionReport ReadReport(string json)
    {
        Assert.True(UserEventParser.TryRead(Encoding.UTF8.GetBytes(json), out var read, out var problem), problem);
        return read!.Order!.Value.Report;
    }

    private static string Event(string happened, string status, string name = "ba-1", string original = "", string quantity = "1", string more = "") =>
        $$"""{"e":"executionReport","E":1616633041556,"s":"BTCUSDT","c":"{{name}}","S":"BUY","o":"LIMIT","f":"GTC","q":"{{quantity}}","p":"52436.85","P":"0.0","F":"0.0","g":-1,"C":"{{original}}","x":"{{happened}}","X":"{{status}}","r":"NONE","i":77,"l":"0.1","z":"0.1","L":"52436.85","n":"0","N":null,"T":1616633041555,"t":7,"I":1,"w":true,"m":false,"M":true,"O":1616633041555,"Z":"0","Y":"0","Q":"0"{{more}}}""";
}
