using System.Text.Json;
using BtcAgent.Exchanges.Simulator.Accounts;
using BtcAgent.Exchanges.Simulator.Protocol;
using BtcAgent.Exchanges.Simulator.Settings;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>Executes each signed function; the caller holds the venue's lock.</summary>
internal sealed class TradingFunctions(OrderDesk desk, SimulatorOptions options)
{
    /// <exception cref="VenueException">Refused.</exception>
    public byte[] Run(string method, VenueAccount account, ApiParameters p, long nowMs) => method switch
    {
        "order.place" => Place(account, p),
        "order.test" => Test(account, p),
        "order.cancel" => Cancel(account, p),
        "order.cancelReplace" => Replace(account, p),
        "order.amend.keepPriority" => Amend(account, p),
        "order.amendments" => Many(AccountRecords.AmendmentsOf(account, p), ChangeJson.Amendment),
        "myPreventedMatches" => Many(AccountRecords.PreventedOf(account, p), ChangeJson.Prevented),
        "order.status" => TradingApi.Json(json => OrderJson.Queried(json, Existing(account, p, "origClientOrderId", "orderId", NoSuchOrder))),
        "openOrders.status" => Many(AccountRecords.OpenOf(account, p.Find("symbol")), OrderJson.Queried),
        "openOrders.cancelAll" => CancelAll(account, p),
        "allOrders" => Many(AccountRecords.AllOf(account, p), OrderJson.Queried),
        "myTrades" => Many(AccountRecords.TradesOf(account, p), OrderJson.Trade),
        "account.status" => TradingApi.Json(json => OrderJson.Account(json, account, options, nowMs)),
        "account.rateLimits.orders" => Many([options.OrdersPerTenSecondsMax], (json, limit) =>
            json.WriteRawValue($$"""{"rateLimitType":"ORDERS","interval":"SECOND","intervalNum":10,"limit":{{limit}}}""")),
        "orderList.place.oco" => PlaceList(account, p, "above", "below", desk.PlaceOco),
        "orderList.place.oto" => PlaceList(account, p, "working", "pending", desk.PlaceOto),
        "orderList.cancel" => CancelList(account, p),
        "orderList.status" => TradingApi.Json(json => OrderJson.List(json, ListOf(account, p))),
        "openOrderLists.status" => Many(account.Lists.Values.Where(l => !l.IsDone), (json, list) => OrderJson.List(json, list)),
        _ => throw new VenueException(new(400, -1020, "This operation is not supported.")),
    };

    private static VenueError NoSuchOrder => new(400, -2013, "Order does not exist.");

    private static VenueError UnknownOrder => new(400, -2011, "Unknown order sent.");

    private byte[] Place(VenueAccount account, ApiParameters p)
    {
        var (order, since) = PlaceOne(account, p);
        return TradingApi.Json(json => OrderJson.Placed(json, order, since, ResponseType(order, p)));
    }

    private (AccountOrder Order, PlacedSince Since) PlaceOne(VenueAccount account, ApiParameters p)
    {
        var (trades, matches) = (account.Trades.Count, account.PreventedMatches.Count);
        var order = desk.Place(account, RequestReader.Read(p, "", desk.NewClientId));
        return (order, PlacedSince.Of(account, order, trades, matches));
    }

    private static string ResponseType(AccountOrder order, ApiParameters p) =>
        p.Find("newOrderRespType") ?? (order.Type is "MARKET" or "LIMIT" ? "FULL" : "ACK");

    private byte[] Test(VenueAccount account, ApiParameters p)
    {
        desk.Test(account, RequestReader.Read(p, "", desk.NewClientId));
        return "{}"u8.ToArray();
    }

    private byte[] Cancel(VenueAccount account, ApiParameters p)
    {
        var (order, cancelId) = CancelOne(account, p, "origClientOrderId", "orderId");
        return TradingApi.Json(json => OrderJson.Canceled(json, order, cancelId));
    }

    private (AccountOrder Order, string CancelId) CancelOne(VenueAccount account, ApiParameters p, string clientName, string idName)
    {
        var order = Existing(account, p, clientName, idName, UnknownOrder);
        if (!order.IsOpen)
        {
            throw new VenueException(UnknownOrder);
        }

        var cancelId = p.Find(clientName == "origClientOrderId" ? "newClientOrderId" : "cancelNewClientOrderId") ?? desk.NewClientId();
        desk.Cancel(account, order, cancelId);
        return (order, cancelId);
    }

    private byte[] Replace(VenueAccount account, ApiParameters p)
    {
        (AccountOrder Order, string CancelId)? canceled = null;
        VenueError? cancelError = null;
        try
        {
            canceled = CancelOne(account, p, "cancelOrigClientOrderId", "cancelOrderId");
        }
        catch (VenueException e) when (p.Required("cancelReplaceMode") == "ALLOW_FAILURE")
        {
            cancelError = e.Error;
        }
        catch (VenueException e)
        {
            throw new TradingApi.PartialFailureException(
                new(400, -2022, "Order cancel-replace failed."), Replacement("FAILURE", "NOT_ATTEMPTED", null, e.Error, null, null));
        }

        try
        {
            var placed = PlaceOne(account, p);
            var both = Replacement(canceled is null ? "FAILURE" : "SUCCESS", "SUCCESS", canceled, cancelError, placed, null);
            return cancelError is null
                ? both
                : throw new TradingApi.PartialFailureException(new(409, -2021, "Order cancel-replace partially failed."), both);
        }
        catch (VenueException e)
        {
            throw new TradingApi.PartialFailureException(
                canceled is null ? new(400, -2022, "Order cancel-replace failed.") : new(409, -2021, "Order cancel-replace partially failed."),
                Replacement(canceled is null ? "FAILURE" : "SUCCESS", "FAILURE", canceled, cancelError, null, e.Error));
        }
    }

    private static byte[] Replacement(
        string cancelResult,
        string placeResult,
        (AccountOrder Order, string CancelId)? canceled,
        VenueError? cancelError,
        (AccountOrder Order, PlacedSince Since)? placed,
        VenueError? placeError) => TradingApi.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("cancelResult", cancelResult);
        json.WriteString("newOrderResult", placeResult);
        json.WritePropertyName("cancelResponse");
        if (canceled is var (order, cancelId) && order is not null)
        {
            OrderJson.Canceled(json, order, cancelId);
        }
        else
        {
            Error(json, cancelError);
        }

        json.WritePropertyName("newOrderResponse");
        if (placed is var (newOrder, since) && newOrder is not null)
        {
            OrderJson.Placed(json, newOrder, since, "FULL");
        }
        else
        {
            Error(json, placeError);
        }

        json.WriteEndObject();
    });

    private static void Error(Utf8JsonWriter json, VenueError? error)
    {
        if (error is not { } known)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteNumber("code", known.Code);
        json.WriteString("msg", known.Message);
        json.WriteEndObject();
    }

    private byte[] Amend(VenueAccount account, ApiParameters p)
    {
        var order = Existing(account, p, "origClientOrderId", "orderId", NoSuchOrder);
        var quantity = RequestReader.Amount(p, "newQty") ?? throw new VenueException(VenueError.Missing("newQty"));
        if (quantity <= 0)
        {
            throw new VenueException(VenueError.Illegal("newQty"));
        }

        var newId = RequestReader.Id(p.Find("newClientOrderId"), desk.NewClientId);
        var amendment = desk.Amend(account, order, Quantity.FromDecimal(quantity), newId);
        return TradingApi.Json(json => ChangeJson.Amended(json, order, amendment));
    }

    private byte[] CancelAll(VenueAccount account, ApiParameters p)
    {
        var open = AccountRecords.OpenOf(account, p.Required("symbol")).ToList();
        if (open.Count == 0)
        {
            throw new VenueException(UnknownOrder);
        }

        foreach (var order in open.Where(o => o.IsOpen))
        {
            desk.Cancel(account, order, desk.NewClientId());
        }

        return Many(open, (json, order) => OrderJson.Canceled(json, order, order.ClientOrderId));
    }

    private byte[] PlaceList(
        VenueAccount account, ApiParameters p, string first, string second, Func<VenueAccount, string, OrderRequest, OrderRequest, OrderList> place)
    {
        var (trades, matches) = (account.Trades.Count, account.PreventedMatches.Count);
        var list = place(
            account,
            p.Find("listClientOrderId") ?? desk.NewClientId(),
            RequestReader.Read(p, first, desk.NewClientId),
            RequestReader.Read(p, second, desk.NewClientId));
        return TradingApi.Json(json => OrderJson.List(json, list, () =>
        {
            foreach (var order in new[] { list.First, list.Second })
            {
                OrderJson.Placed(json, order, PlacedSince.Of(account, order, trades, matches), "FULL");
            }
        }));
    }

    private byte[] CancelList(VenueAccount account, ApiParameters p)
    {
        var list = ListOf(account, p);
        var open = list.First.IsOpen ? list.First : list.Second;
        if (!open.IsOpen)
        {
            throw new VenueException(UnknownOrder);
        }

        var cancelId = p.Find("newClientOrderId") ?? desk.NewClientId();
        desk.Cancel(account, open, cancelId);
        return TradingApi.Json(json => OrderJson.List(json, list, () =>
        {
            OrderJson.Canceled(json, list.First, cancelId);
            OrderJson.Canceled(json, list.Second, cancelId);
        }));
    }

    private static OrderList ListOf(VenueAccount account, ApiParameters p) =>
        (p.Number("orderListId") is { } id ? account.Lists.GetValueOrDefault(id)
            : account.Lists.Values.LastOrDefault(l => l.ClientListId == (p.Find("listClientOrderId") ?? p.Find("origClientOrderId"))))
        ?? throw new VenueException(new(400, -2018, "Order list does not exist."));

    private AccountOrder Existing(VenueAccount account, ApiParameters p, string clientName, string idName, VenueError absent)
    {
        var symbol = p.Required("symbol");
        desk.MarketOf(symbol);
        var order = p.Number(idName) is { } id ? account.Orders.GetValueOrDefault(id)
            : p.Find(clientName) is { } clientId ? account.Find(symbol, clientId)
            : throw new VenueException(new(400, -1102, $"Param '{clientName}' or '{idName}' must be sent, but both were empty/null!"));
        return order is not null && order.Symbol == symbol ? order : throw new VenueException(absent);
    }

    private static byte[] Many<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write) => TradingApi.Json(json =>
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    });
}
