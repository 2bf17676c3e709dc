using System.Globalization;
using BtcAgent.Domain.Orders;
using BtcAgent.Exchanges.Binance.Execution.Payloads;
using BtcAgent.Exchanges.Binance.Execution.Signing;

namespace BtcAgent.Exchanges.Binance.Execution;

/// <summary>Converts intents to the venue's parameters. Source: Binance spot documentation, "New order".</summary>
internal static class OrderParameters
{
    public static RequestParameters Of(OrderIntent intent)
    {
        var parameters = new RequestParameters()
            .With("symbol", intent.Instrument.Symbol)
            .With("side", intent.Side == Side.Buy ? "BUY" : "SELL")
            .With("type", OrderWords.Of(intent.Type))
            .With("quantity", Text(intent.Quantity));
        if (OrderWords.HasTimeInForce(intent.Type))
        {
            parameters.With("timeInForce", OrderWords.Of(intent.TimeInForce));
        }

        if (intent.LimitPrice is { } price)
        {
            parameters.With("price", Text(price));
        }

        if (intent.StopPrice is { } stop)
        {
            parameters.With("stopPrice", Text(stop));
        }

        if (intent.TrailingDeltaBps is { } delta)
        {
            parameters.With("trailingDelta", delta);
        }

        return parameters.With("newClientOrderId", intent.ClientOrderId).With("newOrderRespType", "FULL");
    }

    private static string Text(Quantity quantity) => quantity.ToDecimal().ToString("0.########", CultureInfo.InvariantCulture);

    private static string Text(Price price) => price.ToDecimal().ToString("0.########", CultureInfo.InvariantCulture);
}
