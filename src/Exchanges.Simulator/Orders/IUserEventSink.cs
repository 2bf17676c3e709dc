using BtcAgent.Exchanges.Simulator.Accounts;

namespace BtcAgent.Exchanges.Simulator.Orders;

/// <summary>Told what happens to accounts, in order.</summary>
internal interface IUserEventSink
{
    /// <param name="account">Whose order it is.</param>
    /// <param name="order">As it is now.</param>
    /// <param name="happened">What happened to it just now.</param>
    void Order(VenueAccount account, AccountOrder order, OrderEvent happened);

    void Balances(VenueAccount account, params ReadOnlySpan<string> assets);

    void Transfer(VenueAccount account, string asset, decimal amount);

    /// <param name="account">Whose list it is.</param>
    /// <param name="list">As it is now.</param>
    /// <param name="isRenamed">One of its orders has another client id since.</param>
    void List(VenueAccount account, OrderList list, bool isRenamed = false);
}
