using BtcAgent.Exchanges.Simulator.Accounts;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>Told what happens to accounts, in order.</summary>
internal interface IUserEventSink
{
    /// <param name="account">Whose order it is.</param>
    /// <param name="order">As it is now.</param>
    /// <param name="happened">The venue's execution type: NEW, TRADE, CANCELED, EXPIRED, …</param>
    /// <param name="trade">For TRADE.</param>
    /// <param name="cancelId">Client id of the request that cancelled it; null otherwise.</param>
    void Order(VenueAccount account, AccountOrder order, string happened, AccountTrade? trade, string? cancelId);

    void Balances(VenueAccount account, params ReadOnlySpan<string> assets);

    void Transfer(VenueAccount account, string asset, decimal amount);

    void List(VenueAccount account, OrderList list);
}
