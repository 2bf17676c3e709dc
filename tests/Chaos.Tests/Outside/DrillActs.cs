namespace BtcAgent.Chaos.Tests.Outside;

/// <summary>What the outside world did to an agent in a drill: by the venue's own records, but for the stalls.</summary>
/// <param name="VenueStalls">In the middle of orders.</param>
/// <param name="StoreStalls">In the middle of orders.</param>
/// <param name="ProcessStalls">In the middle of orders.</param>
/// <param name="Amends">Orders of the agent that were reduced by hand, and renamed by that.</param>
/// <param name="Prevented">Orders of the agent that lost quantity to the prevention of self-trades.</param>
/// <param name="ForeignOrders">Orders placed by the other trader.</param>
/// <param name="ForeignTrades">Of those.</param>
/// <param name="ForeignOpen">Of those, open under their own client ids when the halt was complete.</param>
/// <param name="ReusedNames">Foreign orders under the client id of an agent's order.</param>
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
