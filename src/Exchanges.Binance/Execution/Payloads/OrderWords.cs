using BtcAgent.Domain.Orders;

namespace BtcAgent.Exchanges.Binance.Execution.Payloads;

/// <summary>
/// Binance's words for types, times in force and statuses; null for an unknown word. Source: Binance spot documentation,
/// "ENUM definitions".
/// </summary>
internal static class OrderWords
{
    public static string Of(OrderType type) => type switch
    {
        OrderType.Market => "MARKET",
        OrderType.Limit => "LIMIT",
        OrderType.LimitMaker => "LIMIT_MAKER",
        OrderType.StopLoss => "STOP_LOSS",
        OrderType.StopLossLimit => "STOP_LOSS_LIMIT",
        OrderType.TakeProfit => "TAKE_PROFIT",
        OrderType.TakeProfitLimit => "TAKE_PROFIT_LIMIT",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown order type"),
    };

    public static OrderType? TypeOrNull(string word) => word switch
    {
        "MARKET" => OrderType.Market,
        "LIMIT" => OrderType.Limit,
        "LIMIT_MAKER" => OrderType.LimitMaker,
        "STOP_LOSS" => OrderType.StopLoss,
        "STOP_LOSS_LIMIT" => OrderType.StopLossLimit,
        "TAKE_PROFIT" => OrderType.TakeProfit,
        "TAKE_PROFIT_LIMIT" => OrderType.TakeProfitLimit,
        _ => null,
    };

    public static bool HasTimeInForce(OrderType type) =>
        type is OrderType.Limit or OrderType.StopLossLimit or OrderType.TakeProfitLimit;

    public static string Of(TimeInForce time) => time switch
    {
        TimeInForce.GoodTillCanceled => "GTC",
        TimeInForce.ImmediateOrCancel => "IOC",
        TimeInForce.FillOrKill => "FOK",
        _ => throw new ArgumentOutOfRangeException(nameof(time), time, "unknown time in force"),
    };

    public static TimeInForce? TimeOrNull(string word) => word switch
    {
        "GTC" => TimeInForce.GoodTillCanceled,
        "IOC" => TimeInForce.ImmediateOrCancel,
        "FOK" => TimeInForce.FillOrKill,
        _ => null,
    };

    /// <summary>
    /// The venue's word for a rejection (<c>r</c>) or expiry (<c>eR</c>, <c>expiryReason</c>; since 2026-03); null when the
    /// venue states none. Keeps unknown words unchanged.
    /// </summary>
    public static string? ReasonOf(string word) => word.Length == 0 || word == "NONE" ? null : word;

    public static OrderStatus? StatusOrNull(string word) => word switch
    {
        "NEW" or "PENDING_NEW" => OrderStatus.Accepted,
        "PARTIALLY_FILLED" => OrderStatus.PartiallyFilled,
        "FILLED" => OrderStatus.Filled,
        "CANCELED" => OrderStatus.Canceled,
        "PENDING_CANCEL" => OrderStatus.PendingCancel,
        "REJECTED" => OrderStatus.Rejected,
        "EXPIRED" or "EXPIRED_IN_MATCH" => OrderStatus.Expired,
        _ => null,
    };
}
