using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Exchanges.Binance.Execution.Payloads;

/// <summary>
/// Reads orders, trades and balances from the venue's answers; REST and WebSocket share the shapes. Every method throws
/// <see cref="FormatException"/>, and no other exception, for a payload of another shape.
/// </summary>
public static class OrderPayloads
{
    /// <summary>An order in the answer to a query or command.</summary>
    public static VenueOrder ReadOrder(JsonElement json, InstrumentId instrument) => Guard(() => OrderOf(json, instrument));

    public static ImmutableArray<VenueOrder> ReadOrders(JsonElement json, InstrumentId instrument) =>
        Guard(() => json.EnumerateArray().Select(order => OrderOf(order, instrument)).ToImmutableArray());

    /// <summary>
    /// The client order id before the order's first amendment; null without amendments. Source: Binance, "Query Order
    /// Amendments".
    /// </summary>
    public static string? ReadFirstName(JsonElement json) => Guard(() => json.EnumerateArray()
        .OrderBy(amendment => amendment.GetProperty("executionId").GetInt64())
        .Select(amendment => amendment.Text("origClientOrderId")).FirstOrDefault());

    /// <summary>
    /// The answer to a placement: the acceptance, its fills, and the end of the order if it has already ended.
    /// </summary>
    public static ImmutableArray<ExecutionReport> ReadPlaced(JsonElement json, InstrumentId instrument) => Guard(() =>
    {
        var order = OrderOf(json, instrument);
        var reports = ImmutableArray.CreateBuilder<ExecutionReport>();
        reports.Add(Report(order, ExecutionReportKind.Accepted));
        if (json.TryGetProperty("fills", out var fills))
        {
            foreach (var fill in fills.EnumerateArray())
            {
                reports.Add(Report(order, ExecutionReportKind.Trade) with { Fill = FillOf(fill, order) });
            }
        }

        if (order.Status == OrderStatus.Unclear)
        {
            reports.Add(Report(order, ExecutionReportKind.Unclear));
        }
        else if (EndOf(order.Status) is { } end)
        {
            reports.Add(Report(order, end));
        }

        return reports.ToImmutable();
    });

    /// <summary>The answer to a cancel.</summary>
    public static ExecutionReport ReadCanceled(JsonElement json, InstrumentId instrument) => Guard(() =>
    {
        var order = OrderOf(json, instrument);
        return Report(order, EndOf(order.Status)
            ?? (order.Status == OrderStatus.Unclear ? ExecutionReportKind.Unclear : ExecutionReportKind.Canceled));
    });

    public static ImmutableArray<VenueFill> ReadTrades(JsonElement json) => Guard(() => json.EnumerateArray().Select(trade =>
        new VenueFill
        {
            TradeId = trade.Number("id"),
            VenueOrderId = trade.Number("orderId").ToString(CultureInfo.InvariantCulture),
            Side = trade.GetProperty("isBuyer").GetBoolean() ? Side.Buy : Side.Sell,
            Price = trade.Price("price"),
            Quantity = trade.Quantity("qty"),
            Fee = trade.AmountOrZero("commission"),
            FeeAsset = trade.Text("commissionAsset", ""),
            IsMaker = trade.GetProperty("isMaker").GetBoolean(),
            EventTime = trade.Time("time"),
        }).OrderBy(trade => trade.TradeId).ToImmutableArray());

    /// <summary>Free and locked together.</summary>
    public static ImmutableSortedDictionary<string, decimal> ReadBalances(JsonElement json) => Guard(() =>
        json.GetProperty("balances").EnumerateArray().ToImmutableSortedDictionary(
            balance => balance.Text("asset"), balance => balance.Amount("free") + balance.Amount("locked"), StringComparer.Ordinal));

    internal static ExecutionReportKind? EndOf(OrderStatus status) => status switch
    {
        OrderStatus.Canceled => ExecutionReportKind.Canceled,
        OrderStatus.Expired => ExecutionReportKind.Expired,
        OrderStatus.Rejected => ExecutionReportKind.Rejected,
        _ => null,
    };

    internal static ExecutionReport Report(VenueOrder order, ExecutionReportKind kind) => new()
    {
        ClientOrderId = order.ClientOrderId,
        Kind = kind,
        EventTime = order.UpdatedAt,
        VenueOrderId = order.VenueOrderId,
        Reason = order.Reason,
        VenueOrder = order,
        Payload = order.Payload,
    };

    internal static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is not FormatException && JsonReading.IsOtherShape(problem))
        {
            throw new FormatException(problem.Message, problem);
        }
    }

    private static VenueOrder OrderOf(JsonElement json, InstrumentId instrument)
    {
        // In the answer to a cancel, clientOrderId is the cancel's own id and origClientOrderId the order's.
        var clientOrderId = json.Text("origClientOrderId", "");
        var unclear = new UnclearWords();
        var price = json.PriceOrNull("price");
        var executed = json.Quantity("executedQty");
        return new VenueOrder
        {
            ClientOrderId = clientOrderId.Length > 0 ? clientOrderId : json.Text("clientOrderId"),
            VenueOrderId = json.Number("orderId").ToString(CultureInfo.InvariantCulture),
            Instrument = instrument,
            Side = json.Side("side"),
            Type = unclear.Type(json.Text("type"), price),
            TimeInForce = unclear.Time(json.Text("timeInForce", "GTC")),
            Quantity = Ordered(json.Quantity("origQty"), executed, json.AmountOrZero("origQuoteOrderQty")),
            LimitPrice = price,
            StopPrice = json.PriceOrNull("stopPrice"),
            Status = unclear.Status(json.Text("status")),
            ExecutedQuantity = executed,
            UpdatedAt = json.TryGetProperty("transactTime", out _) ? json.Time("transactTime")
                : json.TryGetProperty("updateTime", out _) ? json.Time("updateTime") : Timestamp.Unknown,
            PreventedQuantity = Domain.Quantity.FromDecimal(json.AmountOrZero("preventedQuantity")),
            Unclear = unclear.Words,
            Payload = unclear.Words is null ? null : json.GetRawText(),
            Reason = OrderWords.ReasonOf(json.Text("expiryReason", "")),
        };
    }

    /// <summary>An order for an amount of quote asset has no quantity except what it has executed.</summary>
    internal static Quantity Ordered(Quantity quantity, Quantity executed, decimal quoteAmount) =>
        quoteAmount > 0 && executed > quantity ? executed : quantity;

    private static Fill FillOf(JsonElement json, VenueOrder order) => new()
    {
        TradeId = json.Number("tradeId").ToString(CultureInfo.InvariantCulture),
        ClientOrderId = order.ClientOrderId,
        Portfolio = "",
        Instrument = order.Instrument,
        Side = order.Side,
        Price = json.Price("price"),
        Quantity = json.Quantity("qty"),
        Fee = json.AmountOrZero("commission"),
        FeeAsset = json.Text("commissionAsset", ""),
        IsMaker = false,
        EventTime = order.UpdatedAt,
    };
}
