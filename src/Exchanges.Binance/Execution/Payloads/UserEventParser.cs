using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;

namespace BtcAgent.Exchanges.Binance.Execution.Payloads;

/// <summary>
/// Reads user-data events: bare, wrapped by the WebSocket API (<c>subscriptionId</c>, <c>event</c>), and wrapped by the
/// combined streams (<c>stream</c>, <c>data</c>). Source: Binance spot documentation, "User data stream".
/// </summary>
public static class UserEventParser
{
    /// <summary>
    /// Returns false, with the reason, for a payload that is not an event or is incomplete; never throws.
    /// </summary>
    public static bool TryRead(ReadOnlyMemory<byte> payload, out UserEvent? userEvent, out string? problem)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return TryRead(document.RootElement, out userEvent, out problem);
        }
        catch (JsonException e)
        {
            userEvent = null;
            problem = e.Message;
            return false;
        }
    }

    /// <inheritdoc cref="TryRead(ReadOnlyMemory{byte}, out UserEvent?, out string?)"/>
    public static bool TryRead(JsonElement json, out UserEvent? userEvent, out string? problem)
    {
        userEvent = null;
        problem = null;
        try
        {
            userEvent = Read(Unwrapped(json));
            return true;
        }
        catch (Exception e) when (JsonReading.IsOtherShape(e))
        {
            problem = e.Message;
            return false;
        }
    }

    /// <summary>The symbol of a message, if that much of it can be read; null otherwise.</summary>
    public static string? SymbolOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && Unwrapped(json) is var inner
        && inner.TryGetProperty("s", out var symbol) && symbol.ValueKind == JsonValueKind.String ? symbol.GetString() : null;

    private static JsonElement Unwrapped(JsonElement json) =>
        json.TryGetProperty("event", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner
        : json.TryGetProperty("data", out inner) && inner.ValueKind == JsonValueKind.Object ? inner
        : json;

    private static UserEvent Read(JsonElement json) => json.Text("e") switch
    {
        "executionReport" => ReadReport(json),
        "outboundAccountPosition" => new UserEvent
        {
            Balances = json.GetProperty("B").EnumerateArray().ToImmutableSortedDictionary(
                balance => balance.Text("a"), balance => balance.Amount("f") + balance.Amount("l"), StringComparer.Ordinal),
        },
        "balanceUpdate" => ReadTransfer(json),
        "eventStreamTerminated" => new UserEvent { IsTerminated = true },
        "serverShutdown" => new UserEvent { IsServerShutdown = true },
        var other => new UserEvent { Other = other },
    };

    private static UserEvent ReadTransfer(JsonElement json)
    {
        var asset = json.Text("a");
        var amount = json.Amount("d");
        var id = string.Create(CultureInfo.InvariantCulture, $"{asset}-{json.Number("T")}-{amount}");
        return new UserEvent { Transfer = new BalanceTransfer(id, asset, amount, "TRANSFER: a deposit, withdrawal or transfer", json.Time("T")) };
    }

    private static UserEvent ReadReport(JsonElement json)
    {
        var symbol = json.Text("s");
        if (!InstrumentId.TryParse($"BINANCE:{symbol}", out var instrument))
        {
            return new UserEvent { OtherSymbol = symbol };
        }

        // A cancel's own id is c, and the order's id is then C. An amendment's new id is c, and C the former one.
        var happened = json.Text("x");
        var original = json.Text("C", "");
        var isAmended = happened == "REPLACED";
        var unclear = new UnclearWords();
        var price = json.PriceOrNull("p");
        var executed = json.Quantity("z");
        var order = new VenueOrder
        {
            ClientOrderId = original.Length > 0 && !isAmended ? original : json.Text("c"),
            FormerClientOrderId = original.Length > 0 && isAmended ? original : null,
            VenueOrderId = json.Number("i").ToString(CultureInfo.InvariantCulture),
            Instrument = instrument,
            Side = json.Side("S"),
            Type = unclear.Type(json.Text("o"), price),
            TimeInForce = unclear.Time(json.Text("f", "GTC")),
            Quantity = OrderPayloads.Ordered(json.Quantity("q"), executed, json.AmountOrZero("Q")),
            PreventedQuantity = Quantity.FromDecimal(json.AmountOrZero("A")),
            LimitPrice = price,
            StopPrice = json.PriceOrNull("P"),
            Status = unclear.Status(json.Text("X")),
            ExecutedQuantity = executed,
            UpdatedAt = json.Time("T"),
            Reason = OrderWords.ReasonOf(json.Text("r", "")) ?? OrderWords.ReasonOf(json.Text("eR", "")),
        };
        var kind = KindOf(happened, order, json);
        if (kind == ExecutionReportKind.Unclear)
        {
            unclear.Note($"event '{happened}' with status '{json.Text("X")}'");
        }

        order = order with { Unclear = unclear.Words, Payload = unclear.Words is null ? null : json.GetRawText() };
        var report = OrderPayloads.Report(order, kind);
        return new UserEvent
        {
            Order = (symbol, kind == ExecutionReportKind.Trade ? report with { Fill = FillOf(json, order) } : report),
        };
    }

    private static ExecutionReportKind KindOf(string happened, VenueOrder order, JsonElement json) => happened switch
    {
        "NEW" when IsConditional(order.Type) && json.TryGetProperty("w", out var works) && works.ValueKind == JsonValueKind.True
            && order.Status == OrderStatus.Accepted && json.Number("T") > json.Number("O") => ExecutionReportKind.Triggered,
        "NEW" or "PENDING_NEW" => ExecutionReportKind.Accepted,
        "CANCELED" => ExecutionReportKind.Canceled,
        "REJECTED" => ExecutionReportKind.Rejected,
        "EXPIRED" => ExecutionReportKind.Expired,
        "TRADE" => ExecutionReportKind.Trade,
        "REPLACED" => ExecutionReportKind.Amended,
        "TRADE_PREVENTION" => OrderPayloads.EndOf(order.Status) ?? ExecutionReportKind.Amended,
        _ => ExecutionReportKind.Unclear,
    };

    private static bool IsConditional(OrderType type) => type is OrderType.StopLoss or OrderType.StopLossLimit
        or OrderType.TakeProfit or OrderType.TakeProfitLimit;

    private static Fill FillOf(JsonElement json, VenueOrder order)
    {
        var fee = json.AmountOrZero("n");
        return new Fill
        {
            TradeId = json.Number("t").ToString(CultureInfo.InvariantCulture),
            ClientOrderId = order.ClientOrderId,
            Portfolio = "",
            Instrument = order.Instrument,
            Side = order.Side,
            Price = json.Price("L"),
            Quantity = json.Quantity("l"),
            Fee = fee,
            FeeAsset = json.Text("N", ""),
            IsMaker = json.GetProperty("m").GetBoolean(),
            EventTime = order.UpdatedAt,
        };
    }
}
