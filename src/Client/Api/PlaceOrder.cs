using System.Text.RegularExpressions;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Client.Api;

/// <summary>A manual order.</summary>
/// <param name="RequestId">
/// Identifies the order: letters, digits and dashes, at most 64. Repeat the same id when no answer arrived.
/// </param>
/// <param name="Portfolio">Portfolio of a configured strategy.</param>
/// <param name="Instrument">Instrument, such as <c>BINANCE:BTCUSDT</c>.</param>
/// <param name="Side">Buy or Sell.</param>
/// <param name="Type">Market, Limit, LimitMaker, StopLoss, StopLossLimit, TakeProfit or TakeProfitLimit.</param>
/// <param name="Quantity">Quantity in base asset.</param>
/// <param name="LimitPrice">Required for the limit types only.</param>
/// <param name="StopPrice">Required for the stop and take-profit types, unless they trail.</param>
/// <param name="TimeInForce">GoodTillCanceled (default), ImmediateOrCancel or FillOrKill.</param>
/// <param name="TrailingDeltaBps">Distance of a trailing trigger, in basis points.</param>
public sealed partial record PlaceOrder(
    string RequestId,
    string Portfolio,
    string Instrument,
    Side Side,
    OrderType Type,
    Quantity Quantity,
    Price? LimitPrice = null,
    Price? StopPrice = null,
    TimeInForce TimeInForce = TimeInForce.GoodTillCanceled,
    int? TrailingDeltaBps = null)
{
    /// <returns>The field that is wrong, and how; null when the order is complete.</returns>
    internal (string Field, string Detail)? Problem() =>
        !RequestIds().IsMatch(RequestId) ? ("requestId", "requestId must have 1…64 letters, digits and dashes")
        : Quantity.IsZero ? ("quantity", "quantity must be above 0")
        : NeedsLimit != (LimitPrice is not null) ? ("limitPrice", $"{Type} orders {(NeedsLimit ? "need a" : "have no")} limitPrice")
        : NeedsStop != (StopPrice is not null || TrailingDeltaBps is not null)
            ? ("stopPrice", $"{Type} orders {(NeedsStop ? "need a" : "have no")} stopPrice or trailingDeltaBps")
        : null;

    internal OrderRequest ToRequest() => new()
    {
        RequestId = RequestId,
        Instrument = InstrumentId.Parse(Instrument),
        Side = Side,
        Type = Type,
        TimeInForce = Type == OrderType.Market ? TimeInForce.ImmediateOrCancel : TimeInForce,
        Quantity = Quantity,
        LimitPrice = LimitPrice,
        StopPrice = StopPrice,
        TrailingDeltaBps = TrailingDeltaBps,
    };

    private bool NeedsLimit => Type is OrderType.Limit or OrderType.LimitMaker or OrderType.StopLossLimit or OrderType.TakeProfitLimit;

    private bool NeedsStop => Type is OrderType.StopLoss or OrderType.StopLossLimit or OrderType.TakeProfit or OrderType.TakeProfitLimit;

    [GeneratedRegex("^[A-Za-z0-9-]{1,64}$")]
    private static partial Regex RequestIds();
}
