using System.Text.Json;
using BtcAgent.Exchanges.Simulator.Accounts;
using BtcAgent.Exchanges.Simulator.Streams;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>Writes amendments and prevented self-trades with Binance's field names and order.</summary>
internal static class ChangeJson
{
    /// <summary>In the form of an amendment's answer, whose names differ from those of other answers.</summary>
    public static void Amended(Utf8JsonWriter json, AccountOrder order, OrderAmendment amendment)
    {
        json.WriteStartObject();
        json.WriteNumber("transactTime", amendment.TimeMs);
        json.WriteNumber("executionId", amendment.ExecutionId);
        json.WriteStartObject("amendedOrder");
        json.WriteString("symbol", order.Symbol);
        json.WriteNumber("orderId", order.OrderId);
        json.WriteNumber("orderListId", order.ListId);
        json.WriteString("origClientOrderId", amendment.OldClientId);
        json.WriteString("clientOrderId", amendment.NewClientId);
        json.WriteString("price", VenueMessages.Text(order.Limit ?? Price.Zero));
        json.WriteString("qty", VenueMessages.Text(order.Quantity));
        json.WriteString("executedQty", VenueMessages.Text(order.Executed));
        json.WriteString("preventedQty", VenueMessages.Text(order.Prevented));
        json.WriteString("quoteOrderQty", "0.00000000");
        json.WriteString("cumulativeQuoteQty", VenueMessages.Text(order.CumulativeQuote));
        json.WriteString("status", order.Status);
        json.WriteString("timeInForce", order.Request.TimeInForce);
        json.WriteString("type", order.Type);
        json.WriteString("side", OrderJson.Word(order.Side));
        json.WriteNumber("workingTime", order.WorkingMs);
        json.WriteString("selfTradePreventionMode", order.Request.SelfTradePrevention);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void Amendment(Utf8JsonWriter json, OrderAmendment amendment)
    {
        json.WriteStartObject();
        json.WriteString("symbol", amendment.Symbol);
        json.WriteNumber("orderId", amendment.OrderId);
        json.WriteNumber("executionId", amendment.ExecutionId);
        json.WriteString("origClientOrderId", amendment.OldClientId);
        json.WriteString("newClientOrderId", amendment.NewClientId);
        json.WriteString("origQty", VenueMessages.Text(amendment.OldQuantity));
        json.WriteString("newQty", VenueMessages.Text(amendment.NewQuantity));
        json.WriteNumber("time", amendment.TimeMs);
        json.WriteEndObject();
    }

    public static void Prevented(Utf8JsonWriter json, PreventedMatch match)
    {
        json.WriteStartObject();
        json.WriteString("symbol", match.Symbol);
        json.WriteNumber("preventedMatchId", match.Id);
        json.WriteNumber("takerOrderId", match.TakerOrderId);
        json.WriteString("makerSymbol", match.Symbol);
        json.WriteNumber("makerOrderId", match.MakerOrderId);
        json.WriteNumber("tradeGroupId", -1);
        json.WriteString("selfTradePreventionMode", match.Mode);
        json.WriteString("price", VenueMessages.Text(match.Price));
        Losses(json, match);
        json.WriteNumber("transactTime", match.TimeMs);
        json.WriteEndObject();
    }

    public static void PreventedMatches(Utf8JsonWriter json, IReadOnlyList<PreventedMatch> matches)
    {
        if (matches.Count == 0)
        {
            return;
        }

        json.WriteStartArray("preventedMatches");
        foreach (var match in matches)
        {
            json.WriteStartObject();
            json.WriteNumber("preventedMatchId", match.Id);
            json.WriteString("makerSymbol", match.Symbol);
            json.WriteNumber("makerOrderId", match.MakerOrderId);
            json.WriteString("price", VenueMessages.Text(match.Price));
            Losses(json, match);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Losses(Utf8JsonWriter json, PreventedMatch match)
    {
        if (!match.TakerLost.IsZero)
        {
            json.WriteString("takerPreventedQuantity", VenueMessages.Text(match.TakerLost));
        }

        if (!match.MakerLost.IsZero)
        {
            json.WriteString("makerPreventedQuantity", VenueMessages.Text(match.MakerLost));
        }
    }
}
