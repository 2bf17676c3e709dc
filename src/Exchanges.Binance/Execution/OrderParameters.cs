using System.Globalization;
using BtcAgent.Domain.Orders;
using BtcAgent.Exchanges.Binance.Execution.Payloads;
using BtcAgent.Exchanges.Binance.Execution.Signing;

namespace BtcAgent.Exchanges.Binance.Execution;

/// <summary>
/// Converts intents to the venue's parameters. Source: Binance spot documentation, "New order", "Order lists".
/// </summary>
internal static class OrderParameters
{
    public static RequestParameters Of(OrderIntent intent)
    {
        var parameters = new RequestParameters()
            .With("symbol", intent.Instrument.Symbol)
            .With("side", Word(intent.Side))
            .With("type", OrderWords.Of(intent.Type));
        Add(parameters, intent, "");
        return parameters.With("newClientOrderId", intent.ClientOrderId).With("newOrderRespType", "FULL");
    }

    public static RequestParameters Replacing(string canceledClientOrderId, OrderIntent replacement) => Of(replacement)
        .With("cancelReplaceMode", "STOP_ON_FAILURE")
        .With("cancelOrigClientOrderId", canceledClientOrderId);

    public static RequestParameters Of(OrderListIntent list)
    {
        var (first, second) = (list.First, list.Second);
        var parameters = new RequestParameters()
            .With("symbol", first.Instrument.Symbol)
            .With("listClientOrderId", list.ListId)
            .With("newOrderRespType", "FULL");
        if (list.Kind == OrderListKind.OneCancelsOther)
        {
            parameters.With("side", Word(first.Side)).With("quantity", Text(first.Quantity));
            AddLeg(parameters, first, "above", withQuantity: false);
            AddLeg(parameters, second, "below", withQuantity: false);
        }
        else
        {
            parameters.With("workingSide", Word(first.Side)).With("pendingSide", Word(second.Side));
            AddLeg(parameters, first, "working", withQuantity: true);
            AddLeg(parameters, second, "pending", withQuantity: true);
        }

        return parameters;
    }

    private static void AddLeg(RequestParameters parameters, OrderIntent leg, string prefix, bool withQuantity)
    {
        parameters.With($"{prefix}Type", OrderWords.Of(leg.Type)).With($"{prefix}ClientOrderId", leg.ClientOrderId);
        Add(parameters, leg, prefix, withQuantity);
    }

    private static void Add(RequestParameters parameters, OrderIntent intent, string prefix, bool withQuantity = true)
    {
        if (withQuantity)
        {
            parameters.With(Name(prefix, "quantity"), Text(intent.Quantity));
        }

        if (OrderWords.HasTimeInForce(intent.Type))
        {
            parameters.With(Name(prefix, "timeInForce"), OrderWords.Of(intent.TimeInForce));
        }

        if (intent.LimitPrice is { } price)
        {
            parameters.With(Name(prefix, "price"), Text(price));
        }

        if (intent.StopPrice is { } stop)
        {
            parameters.With(Name(prefix, "stopPrice"), Text(stop));
        }

        if (intent.TrailingDeltaBps is { } delta)
        {
            parameters.With(Name(prefix, "trailingDelta"), delta);
        }

        if (intent.DisplayQuantity is { } display)
        {
            parameters.With(Name(prefix, "icebergQty"), Text(display));
        }
    }

    private static string Name(string prefix, string name) =>
        prefix.Length == 0 ? name : prefix + char.ToUpperInvariant(name[0]) + name[1..];

    private static string Word(Side side) => side == Side.Buy ? "BUY" : "SELL";

    private static string Text(Quantity quantity) => quantity.ToDecimal().ToString("0.########", CultureInfo.InvariantCulture);

    private static string Text(Price price) => price.ToDecimal().ToString("0.########", CultureInfo.InvariantCulture);
}
