using BtcAgent.Exchanges.Simulator.Accounts;
using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Protocol;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>OCO and OTO lists.</summary>
internal sealed partial class OrderDesk
{
    /// <summary>Places both legs at once; they share one reservation.</summary>
    /// <exception cref="VenueException">Refused; neither leg is placed.</exception>
    public OrderList PlaceOco(VenueAccount account, string listId, OrderRequest above, OrderRequest below)
    {
        var market = MarketOf(above.Symbol);
        Check(account, above, market);
        Check(account, below, market);
        if (above.ClientOrderId == below.ClientOrderId)
        {
            throw Rejected("Duplicate order sent.");
        }

        var first = new AccountOrder(above, ++_lastOrderId, _nowMs());
        var second = new AccountOrder(below, ++_lastOrderId, _nowMs());
        Reserve(account, Dearer(first, second), market);
        var list = Add(account, "OCO", listId, first, second);
        Open(account, first, market);
        Open(account, second, market);
        Settle();
        return list;
    }

    /// <summary>Places the second order when the first has filled.</summary>
    /// <exception cref="VenueException">Refused; neither order is placed.</exception>
    public OrderList PlaceOto(VenueAccount account, string listId, OrderRequest working, OrderRequest pending)
    {
        var market = MarketOf(working.Symbol);
        Check(account, working, market);
        OrderFilters.Check(pending, market, account);
        var first = new AccountOrder(working, ++_lastOrderId, _nowMs());
        var second = new AccountOrder(pending, ++_lastOrderId, _nowMs()) { Status = "PENDING_NEW", IsPending = true };
        Reserve(account, first, market);
        var list = Add(account, "OTO", listId, first, second);
        account.Orders.Add(second.OrderId, second);
        Publish(account, second, new OrderEvent("NEW"));
        Open(account, first, market);
        Settle();
        return list;
    }

    private static AccountOrder Dearer(AccountOrder first, AccountOrder second) =>
        first.Side == Side.Sell || (first.Limit ?? first.Request.StopPrice) >= (second.Limit ?? second.Request.StopPrice) ? first : second;

    private OrderList Add(VenueAccount account, string contingency, string listId, AccountOrder first, AccountOrder second)
    {
        var list = new OrderList(++_lastListId, contingency, listId, first.Symbol, first, second, _nowMs());
        first.ListId = second.ListId = list.Id;
        account.Lists.Add(list.Id, list);
        _sink.List(account, list);
        return list;
    }

    private static AccountOrder? SiblingOf(VenueAccount account, AccountOrder order) =>
        account.Lists.GetValueOrDefault(order.ListId) is { } list ? (list.First == order ? list.Second : list.First) : null;

    /// <summary>Ends the other leg of an OCO and transfers its reservation to this one.</summary>
    private void EndSibling(VenueAccount account, AccountOrder order)
    {
        if (account.Lists.GetValueOrDefault(order.ListId) is not { Contingency: "OCO" } || SiblingOf(account, order) is not { IsOpen: true } sibling)
        {
            return;
        }

        order.Locked += sibling.Locked;
        sibling.Locked = 0;
        Expire(account, sibling, "OCO_TRIGGER");
    }

    /// <summary>
    /// An order that expires also ends the other leg of its OCO and the pending half of its OTO. Source: Binance, "Order
    /// Expiry Reason".
    /// </summary>
    private void EndRestOfList(VenueAccount account, AccountOrder order)
    {
        if (account.Lists.GetValueOrDefault(order.ListId) is not { } list || SiblingOf(account, order) is not { IsOpen: true } sibling)
        {
            return;
        }

        if (list.Contingency == "OCO" && order.ExpiryReason != "OCO_TRIGGER")
        {
            Expire(account, sibling, "OCO_TRIGGER");
        }
        else if (sibling.IsPending)
        {
            Expire(account, sibling, "OTO_PHASE_ONE_EXPIRED");
        }
    }

    private void Done(VenueAccount account, AccountOrder order, SimulatedMarket market)
    {
        if (account.Lists.GetValueOrDefault(order.ListId) is not { } list)
        {
            return;
        }

        if (list is { Contingency: "OTO", Second.IsPending: true } && order == list.First)
        {
            Activate(account, list.Second, market);
        }

        if (list.IsDone)
        {
            _sink.List(account, list);
        }
    }

    private void Activate(VenueAccount account, AccountOrder order, SimulatedMarket market)
    {
        order.IsPending = false;
        try
        {
            Reserve(account, order, market);
        }
        catch (VenueException)
        {
            Expire(account, order, "REJECTED"); // Its list could not reserve its balance.
            return;
        }

        // The next settlement works it: the matching of another order is in progress.
        order.Status = "NEW";
        order.WorkingMs = _nowMs();
        _activated.Enqueue((account, order));
    }
}
