namespace BtcAgent.Chaos.Tests.Outside;

/// <summary>What the outside world did to an agent in a drill: by the venue's own records, but for the stalls.</summary>
/// <param name="VenueStalls">In the middle of orders.</param>
/// <param name="StoreStalls">In the middle of orders.</param>
/// <param name="ProcessStalls">In the middle of orders.</param>
/// <param name="Amends">Orders of the agent that were reduced by hand, and renamed by that.</param>
/// <param name="Prevented">Orders of the agent that lost quantity to the prevention of self-trades.</param>
/// <param name="ForeignOrders">Placed by somebody else.</param>
/// <param name="ForeignTrades">Of those.</param>
/// <param name="ForeignOpen">Of those, open under names of their own when the halt was done.</param>
/// <param name="ReusedNames">Orders of somebody else under the client id of an order of the agent.</param>
public sealed record DrillActs(
    int VenueStalls,
    int StoreStalls,
    int ProcessStalls,
    int Amends,
    int Prevented,
    int ForeignOrders,
    int ForeignTrades,
    int ForeignOpen,
    int ReusedNames)
{
    /// <summary>Each of them has happened.</summary>
    public bool AreAllDone => VenueStalls > 0 && StoreStalls > 0 && ProcessStalls > 0 && Amends > 0 && Prevented > 0
        && ForeignOrders > 0 && ForeignTrades > 0 && ForeignOpen > 0 && ReusedNames > 0;
}
