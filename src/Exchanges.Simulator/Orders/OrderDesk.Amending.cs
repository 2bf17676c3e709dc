using BtcAgent.Exchanges.Simulator.Accounts;
using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Protocol;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>
/// Reduces the quantity of open orders, which keep their place. Source: Binance, "Order Amend Keep Priority FAQ".
/// </summary>
internal sealed partial class OrderDesk
{
    /// <summary>
    /// Reduces the quantity and gives the order a new client id. When the executed quantity already uses up the new one,
    /// the order expires (the change log of 2026-04-02 does not state the status; EXPIRED here).
    /// </summary>
    /// <exception cref="VenueException">Refused; the order is unchanged.</exception>
    public OrderAmendment Amend(VenueAccount account, AccountOrder order, Quantity quantity, string newClientId)
    {
        CheckAmend(account, order, quantity, newClientId);
        var (oldId, oldQuantity) = (order.ClientOrderId, order.Quantity);
        order.ClientOrderId = newClientId;
        Shrink(account, order, quantity, oldId);
        if (account.Lists.GetValueOrDefault(order.ListId) is { } list)
        {
            // Both orders of an OCO have the same quantity.
            if (list.Contingency == "OCO" && SiblingOf(account, order) is { IsOpen: true } sibling)
            {
                Shrink(account, sibling, quantity, sibling.ClientOrderId);
            }

            if (oldId != newClientId)
            {
                _sink.List(account, list, isRenamed: true);
            }
        }

        var amendment = new OrderAmendment(
            order.Symbol, order.OrderId, order.ExecutionId, oldId, newClientId, oldQuantity, order.Quantity, order.UpdatedMs);
        account.Amendments.Add(amendment);
        MarketOf(order.Symbol).PublishTop();
        return amendment;
    }

    private void CheckAmend(VenueAccount account, AccountOrder order, Quantity quantity, string newClientId)
    {
        var market = MarketOf(order.Symbol);
        if (market.Status != SymbolRules.Trading)
        {
            throw NotAmended(MarketClosed);
        }

        if (!order.IsOpen)
        {
            throw NotAmended("Unknown order sent.");
        }

        if (quantity == order.Quantity)
        {
            throw NotAmended("The requested action would change no state; rejecting");
        }

        if (quantity > order.Quantity)
        {
            throw NotAmended("Order amend (quantity increase) is not supported.");
        }

        if (order.Amends >= SymbolRules.MaxAmends)
        {
            throw NotAmended("Filter failure: MAX_NUM_ORDER_AMENDS"); // The code is documented, the text is not.
        }

        if (account.Orders.Values.Any(o => o != order && o.IsOpen && o.ClientOrderId == newClientId))
        {
            throw NotAmended("Duplicate order sent.");
        }

        OrderFilters.CheckOrder(order.Request with { Quantity = quantity }, market);
    }

    private void Shrink(VenueAccount account, AccountOrder order, Quantity quantity, string oldId)
    {
        order.Amends++;
        order.UpdatedMs = _nowMs();
        var used = order.Executed + order.Prevented;
        if (quantity <= used)
        {
            order.Quantity = used;
            Expire(account, order, null);
            return;
        }

        order.Quantity = quantity;
        if (order.EngineId is { } id)
        {
            MarketOf(order.Symbol).Engine.Reduce(id, order.Remaining);
        }

        if (order.Locked > 0)
        {
            Release(account, order, keep: Need(order));
        }

        Publish(account, order, new OrderEvent("REPLACED") { AmendedFrom = oldId });
        _sink.Balances(account, SymbolRules.BaseAsset(order.Symbol), SymbolRules.QuoteAsset);
    }

    private static VenueException NotAmended(string why) => new(new VenueError(400, -2038, why));
}
