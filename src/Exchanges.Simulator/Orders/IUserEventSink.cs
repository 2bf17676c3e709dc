using BtcAgent.Exchanges.Simulator.Accounts;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>Receives the events of accounts, in order.</summary>
internal interface IUserEventSink
{
    /// <param name="account">The order's account.</param>
    /// <param name="order">The order after the event.</param>
    /// <param name="happened">The latest event of the order.</param>
    void Order(VenueAccount account, AccountOrder order, OrderEvent happened);

    void Balances(VenueAccount account, params ReadOnlySpan<string> assets);

    void Transfer(VenueAccount account, string asset, decimal amount);

    /// <param name="account">The list's account.</param>
    /// <param name="list">The list after the event.</param>
    /// <param name="isRenamed">Whether one of its orders has a new client id.</param>
    void List(VenueAccount account, OrderList list, bool isRenamed = false);
}
