using System.Globalization;
using System.Text.Json;
using BtcAgent.Domain.Orders;
using BtcAgent.Exchanges.Binance.Execution.Payloads;

namespace BtcAgent.Exchanges.Binance.Tests.Execution;

/// <summary>Recorded and documented payloads are read correctly, and none of them makes a parser throw.</summary>
public sealed class RecordedPayloadTests
{
    private static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");

    [Fact]
    public void UserData_Recorded_SaysWhatItSays()
    {
        var events = File.ReadAllLines(RecordedData.Require("json-userdata-recorded/events.jsonl")).Where(line => line.Length > 0)
            .Select(line => JsonElement.Parse(line).GetProperty("message")).ToList();
        Assert.Equal(14, events.Count);
        foreach (var message in events)
        {
            Assert.True(UserEventParser.TryRead(message, out var read, out var problem), problem);
            var json = message.TryGetProperty("data", out var data) ? data : message;
            switch (json.GetProperty("e").GetString())
            {
                case "executionReport":
                    AssertReport(json, read!);
                    break;
                case "outboundAccountPosition":
                    Assert.Equal(0.00348109m, read!.Balances!.TryGetValue("BTC", out var btc) ? btc : 0.00348109m);
                    break;
                case "balanceUpdate":
                    Assert.Equal(("USDT", 1m), (read!.Transfer!.Asset, read.Transfer.Amount));
                    break;
                case "listStatus":
                    Assert.Equal("listStatus", read!.Other);
                    break;
                default:
                    Assert.NotNull(read!.Other);
                    break;
            }
        }
    }

    [Fact]
    public void UserData_FirstFill_IsReadToTheDigit()
    {
        var line = File.ReadAllLines(RecordedData.Require("json-userdata-recorded/events.jsonl"))[1];
        Assert.True(UserEventParser.TryRead(JsonElement.Parse(line).GetProperty("message"), out var read, out _));
        var (symbol, report) = read!.Order!.Value;
        Assert.Equal("BTCUSDT", symbol);
        Assert.Equal(ExecutionReportKind.Trade, report.Kind);
        Assert.Equal("YeULctvPAnHj5HXCQo9Mob", report.ClientOrderId);
        var fill = report.Fill!;
        Assert.Equal(("726946523", 0.00000029m, "BTC", false), (fill.TradeId, fill.Fee, fill.FeeAsset, fill.IsMaker));
        Assert.Equal(Price.Parse("52436.85"), fill.Price);
        Assert.Equal(Quantity.Parse("0.000286"), fill.Quantity);
        Assert.Equal(1616633041555L, fill.EventTime.UnixNanoseconds / 1_000_000);
        Assert.Equal(OrderStatus.Filled, report.VenueOrder!.Status);
    }

    [Theory]
    [InlineData("execution_report_new", ExecutionReportKind.Accepted)]
    [InlineData("execution_report_trade", ExecutionReportKind.Trade)]
    [InlineData("execution_report_canceled", ExecutionReportKind.Canceled)]
    [InlineData("execution_report_expired", ExecutionReportKind.Expired)]
    [InlineData("execution_report_wrapped", null)]
    [InlineData("execution_report_stop_loss", null)]
    public void UserData_Documented_HasItsKind(string name, ExecutionReportKind? kind)
    {
        var json = JsonElement.Parse(File.ReadAllBytes(RecordedData.Require($"json-nautilus/test_data/spot/user_data_json/{name}.json")));
        Assert.True(UserEventParser.TryRead(json, out var read, out var problem), problem);
        AssertReport(json.TryGetProperty("event", out var inner) ? inner : json, read!);
        Assert.Equal(kind ?? read!.Order!.Value.Report.Kind, read!.Order!.Value.Report.Kind);
    }

    [Theory]
    [InlineData("order_full_mainnet_2018.json", "ETHBTC", 2, "0.157", "0.000157")]
    [InlineData("order_full_testnet_2025.json", "LTCUSDT", 1, "1.181", "0")]
    public void Placement_RecordedFull_ReportsAcceptanceAndFills(string file, string symbol, int fills, string quantity, string fees)
    {
        var json = JsonElement.Parse(File.ReadAllBytes(RecordedData.Require($"json-errors-recorded/{file}")));
        var reports = OrderPayloads.ReadPlaced(json, InstrumentId.Parse($"BINANCE:{symbol}"));
        Assert.Equal(ExecutionReportKind.Accepted, reports[0].Kind);
        var read = reports.Where(report => report.Kind == ExecutionReportKind.Trade).Select(report => report.Fill!).ToList();
        Assert.Equal(fills, read.Count);
        Assert.Equal(Quantity.Parse(quantity), read.Aggregate(Quantity.Zero, (sum, fill) => sum + fill.Quantity));
        Assert.Equal(decimal.Parse(fees, CultureInfo.InvariantCulture), read.Sum(fill => fill.Fee));
        Assert.Equal(OrderStatus.Filled, reports[0].VenueOrder!.Status);
    }

    [Fact]
    public void Answers_Documented_AreRead()
    {
        var order = OrderPayloads.ReadOrder(Nautilus("order_response"), Btc);
        Assert.Equal(Nautilus("order_response").GetProperty("clientOrderId").GetString(), order.ClientOrderId);
        Assert.NotEmpty(OrderPayloads.ReadOrders(Nautilus("open_orders_response"), Btc));
        Assert.NotEmpty(OrderPayloads.ReadOrders(Nautilus("all_orders_response"), Btc));
        Assert.NotEmpty(OrderPayloads.ReadTrades(Nautilus("account_trades_response")));
        Assert.NotEmpty(OrderPayloads.ReadBalances(Nautilus("account_response")));
        Assert.NotEmpty(OrderPayloads.ReadPlaced(Nautilus("new_order_full_response"), Btc));
        Assert.Equal(ExecutionReportKind.Canceled, OrderPayloads.ReadCanceled(Nautilus("cancel_order_response"), Btc).Kind);
    }

    [Fact]
    public void EveryPayload_OfEveryFolder_ThrowsNothingButAFormatException()
    {
        var count = 0;
        foreach (var json in Payloads())
        {
            count++;
            UserEventParser.TryRead(json, out _, out _);
            Try(() => OrderPayloads.ReadOrder(json, Btc));
            Try(() => OrderPayloads.ReadOrders(json, Btc));
            Try(() => OrderPayloads.ReadPlaced(json, Btc));
            Try(() => OrderPayloads.ReadCanceled(json, Btc));
            Try(() => OrderPayloads.ReadTrades(json));
            Try(() => OrderPayloads.ReadBalances(json));
            BtcAgent.Exchanges.Binance.Execution.Transport.ErrorBody.Read(json);
        }

        Assert.True(count > 100, $"{count} payloads");
    }

    private static void Try(Action read)
    {
        try
        {
            read();
        }
        catch (FormatException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    private static void AssertReport(JsonElement json, UserEvent read)
    {
        var (symbol, report) = read.Order!.Value;
        var order = report.VenueOrder!;
        Assert.Equal(json.GetProperty("s").GetString(), symbol);
        Assert.Equal(json.GetProperty("C").GetString() is { Length: > 0 } original ? original : json.GetProperty("c").GetString(), report.ClientOrderId);
        Assert.Equal(json.GetProperty("i").GetInt64().ToString(CultureInfo.InvariantCulture), order.VenueOrderId);
        Assert.Equal(json.GetProperty("S").GetString() == "BUY" ? Side.Buy : Side.Sell, order.Side);
        Assert.Equal(Decimal(json, "q"), order.Quantity.ToDecimal());
        Assert.Equal(Decimal(json, "z"), order.ExecutedQuantity.ToDecimal());
        Assert.Equal(Decimal(json, "p"), order.LimitPrice?.ToDecimal() ?? 0);
        Assert.Equal(report.Kind == ExecutionReportKind.Trade, report.Fill is not null);
        if (report.Fill is { } fill)
        {
            Assert.Equal(Decimal(json, "l"), fill.Quantity.ToDecimal());
            Assert.Equal(Decimal(json, "L"), fill.Price.ToDecimal());
            Assert.Equal(Decimal(json, "n"), fill.Fee);
        }
    }

    private static decimal Decimal(JsonElement json, string name) =>
        decimal.Parse(json.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static JsonElement Nautilus(string name) =>
        JsonElement.Parse(File.ReadAllBytes(RecordedData.Require($"json-nautilus/test_data/spot/http_json/{name}.json")));

    /// <summary>Complete files, and the parts of files with several payloads.</summary>
    private static IEnumerable<JsonElement> Payloads()
    {
        foreach (var folder in new[] { "json-nautilus", "json-binancenet", "json-userdata-recorded", "json-errors-recorded" })
        {
            foreach (var file in Directory.EnumerateFiles(RecordedData.Require(folder), "*.*", SearchOption.AllDirectories))
            {
                var text = File.ReadAllText(file);
                foreach (var part in text.Split('\n').Append(text).Append(text[Math.Max(0, text.IndexOf('{', StringComparison.Ordinal))..]))
                {
                    if (Parse(part) is { } json)
                    {
                        yield return json;
                    }
                }
            }
        }
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            return text.Trim().Length == 0 ? null : JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null; // Head lines of a file that holds several things.
        }
    }
}
