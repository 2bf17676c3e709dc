using System.Text.Json;
using BtcAgent.Exchanges.Simulator.Accounts;
using BtcAgent.Exchanges.Simulator.Settings;
using BtcAgent.Exchanges.Simulator.Streams;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>Writes orders, trades, accounts and events with Binance's field names and order.</summary>
internal static class OrderJson
{
    /// <summary>In the form of a query's answer.</summary>
    public static void Queried(Utf8JsonWriter json, AccountOrder order)
    {
        json.WriteStartObject();
        Head(json, order, order.ClientOrderId);
        Amounts(json, order);
        Conditions(json, order);
        json.WriteString("icebergQty", VenueMessages.Text(order.Request.IcebergQuantity ?? Quantity.Zero));
        json.WriteNumber("time", order.TimeMs);
        json.WriteNumber("updateTime", order.UpdatedMs);
        json.WriteBoolean("isWorking", order.IsWorking);
        json.WriteNumber("workingTime", order.WorkingMs);
        json.WriteString("origQuoteOrderQty", "0.00000000");
        json.WriteString("selfTradePreventionMode", order.Request.SelfTradePrevention);
        if (order.PreventedMatchId is { } match)
        {
            json.WriteNumber("preventedMatchId", match);
            json.WriteString("preventedQuantity", VenueMessages.Text(order.Prevented));
        }

        Expiry(json, order);
        json.WriteEndObject();
    }

    /// <summary>In the form of a placement's answer.</summary>
    public static void Placed(Utf8JsonWriter json, AccountOrder order, PlacedSince since, string responseType)
    {
        json.WriteStartObject();
        Head(json, order, order.ClientOrderId);
        json.WriteNumber("transactTime", order.UpdatedMs);
        if (responseType != "ACK")
        {
            Amounts(json, order);
            Conditions(json, order);
            json.WriteNumber("workingTime", order.WorkingMs);
            if (responseType == "FULL")
            {
                json.WriteStartArray("fills");
                foreach (var fill in since.Fills)
                {
                    json.WriteStartObject();
                    json.WriteString("price", VenueMessages.Text(fill.Price));
                    json.WriteString("qty", VenueMessages.Text(fill.Quantity));
                    json.WriteString("commission", VenueMessages.Text(fill.Commission));
                    json.WriteString("commissionAsset", fill.CommissionAsset);
                    json.WriteNumber("tradeId", fill.Id);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            ChangeJson.PreventedMatches(json, since.Prevented);
            json.WriteString("selfTradePreventionMode", order.Request.SelfTradePrevention);
            if (!order.Prevented.IsZero)
            {
                json.WriteString("preventedQuantity", VenueMessages.Text(order.Prevented));
            }

            Expiry(json, order);
        }

        json.WriteEndObject();
    }

    /// <summary>In the form of a cancel's answer.</summary>
    public static void Canceled(Utf8JsonWriter json, AccountOrder order, string cancelId)
    {
        json.WriteStartObject();
        json.WriteString("symbol", order.Symbol);
        json.WriteString("origClientOrderId", order.ClientOrderId);
        json.WriteNumber("orderId", order.OrderId);
        json.WriteNumber("orderListId", order.ListId);
        json.WriteString("clientOrderId", cancelId);
        json.WriteNumber("transactTime", order.UpdatedMs);
        Amounts(json, order);
        Conditions(json, order);
        json.WriteString("selfTradePreventionMode", order.Request.SelfTradePrevention);
        json.WriteEndObject();
    }

    public static void List(Utf8JsonWriter json, OrderList list, Action? reports = null)
    {
        json.WriteStartObject();
        json.WriteNumber("orderListId", list.Id);
        json.WriteString("contingencyType", list.Contingency);
        json.WriteString("listStatusType", list.IsDone ? "ALL_DONE" : "EXEC_STARTED");
        json.WriteString("listOrderStatus", list.IsDone ? "ALL_DONE" : "EXECUTING");
        json.WriteString("listClientOrderId", list.ClientListId);
        json.WriteNumber("transactionTime", list.TimeMs);
        json.WriteString("symbol", list.Symbol);
        json.WriteStartArray("orders");
        foreach (var order in new[] { list.First, list.Second })
        {
            json.WriteStartObject();
            json.WriteString("symbol", order.Symbol);
            json.WriteNumber("orderId", order.OrderId);
            json.WriteString("clientOrderId", order.ClientOrderId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (reports is not null)
        {
            json.WriteStartArray("orderReports");
            reports();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public static void Trade(Utf8JsonWriter json, AccountTrade trade)
    {
        json.WriteStartObject();
        json.WriteString("symbol", trade.Symbol);
        json.WriteNumber("id", trade.Id);
        json.WriteNumber("orderId", trade.OrderId);
        json.WriteNumber("orderListId", -1);
        json.WriteString("price", VenueMessages.Text(trade.Price));
        json.WriteString("qty", VenueMessages.Text(trade.Quantity));
        json.WriteString("quoteQty", VenueMessages.Text(trade.Price.Times(trade.Quantity)));
        json.WriteString("commission", VenueMessages.Text(trade.Commission));
        json.WriteString("commissionAsset", trade.CommissionAsset);
        json.WriteNumber("time", trade.TimeMs);
        json.WriteBoolean("isBuyer", trade.Side == Side.Buy);
        json.WriteBoolean("isMaker", trade.IsMaker);
        json.WriteBoolean("isBestMatch", true);
        json.WriteEndObject();
    }

    public static void Account(Utf8JsonWriter json, VenueAccount account, SimulatorOptions options, long nowMs)
    {
        json.WriteStartObject();
        json.WriteNumber("makerCommission", (int)options.MakerFeeBps);
        json.WriteNumber("takerCommission", (int)options.TakerFeeBps);
        json.WriteNumber("buyerCommission", 0);
        json.WriteNumber("sellerCommission", 0);
        json.WriteBoolean("canTrade", true);
        json.WriteBoolean("canWithdraw", false);
        json.WriteBoolean("canDeposit", true);
        json.WriteBoolean("brokered", false);
        json.WriteBoolean("requireSelfTradePrevention", false);
        json.WriteBoolean("preventSor", false);
        json.WriteNumber("updateTime", nowMs);
        json.WriteString("accountType", "SPOT");
        json.WriteStartArray("balances");
        foreach (var (asset, free, locked) in account.Balances)
        {
            json.WriteStartObject();
            json.WriteString("asset", asset);
            json.WriteString("free", VenueMessages.Text(free));
            json.WriteString("locked", VenueMessages.Text(locked));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("permissions");
        json.WriteStringValue("SPOT");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Expiry(Utf8JsonWriter json, AccountOrder order)
    {
        if (order.ExpiryReason is { } reason)
        {
            json.WriteString("expiryReason", reason);
        }
    }

    private static void Head(Utf8JsonWriter json, AccountOrder order, string clientOrderId)
    {
        json.WriteString("symbol", order.Symbol);
        json.WriteNumber("orderId", order.OrderId);
        json.WriteNumber("orderListId", order.ListId);
        json.WriteString("clientOrderId", clientOrderId);
    }

    private static void Amounts(Utf8JsonWriter json, AccountOrder order)
    {
        json.WriteString("price", VenueMessages.Text(order.Limit ?? Price.Zero));
        json.WriteString("origQty", VenueMessages.Text(order.Quantity));
        json.WriteString("executedQty", VenueMessages.Text(order.Executed));
        json.WriteString("cummulativeQuoteQty", VenueMessages.Text(order.CumulativeQuote));
        json.WriteString("status", order.Status);
        json.WriteString("timeInForce", order.Request.TimeInForce);
        json.WriteString("type", order.Type);
        json.WriteString("side", Word(order.Side));
    }

    private static void Conditions(Utf8JsonWriter json, AccountOrder order)
    {
        json.WriteString("stopPrice", VenueMessages.Text(order.Request.StopPrice ?? Price.Zero));
        if (order.Request.TrailingDelta is { } delta)
        {
            json.WriteNumber("trailingDelta", delta);
        }
    }

    public static string Word(Side side) => side == Side.Buy ? "BUY" : "SELL";
}
