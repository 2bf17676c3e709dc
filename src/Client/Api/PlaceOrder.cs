using System.Text.RegularExpressions;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Client.Api;

/// <summary>An order by hand.</summary>
/// <param name="RequestId">Names it: letters, digits and dashes, at most 64. Send the same again when no answer came.</param>
/// <param name="Portfolio">Of a configured strategy.</param>
/// <param name="Instrument">Such as <c>BINANCE:BTCUSDT</c>.</param>
/// <param name="Side">Buy or Sell.</param>
/// <param name="Type">Market, Limit, LimitMaker, StopLoss, StopLossLimit, TakeProfit or TakeProfitLimit.</param>
/// <param name="Quantity">In base asset.</param>
/// <param name="LimitPrice">For the limit types.</param>
/// <param name="StopPrice">For the stop and take-profit types.</param>
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
    internal string? Problem() =>
        !RequestIds().IsMatch(RequestId) ? "requestId takes 1…64 letters, digits and dashes"
        : Quantity.IsZero ? "quantity has to be above 0"
        : NeedsLimit != (LimitPrice is not null) ? $"{Type} orders take {(NeedsLimit ? "a" : "no")} limitPrice"
        : NeedsStop != (StopPrice is not null || TrailingDeltaBps is not null) ? $"{Type} orders take {(NeedsStop ? "a" : "no")} stopPrice or trailingDeltaBps"
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
