namespace BtcAgent.Chaos.Tests.Outside;

/// <summary>Actions of the outside world in a drill, by the venue's records except for the stalls.</summary>
/// <param name="VenueStalls">Stalls of the venue during orders.</param>
/// <param name="StoreStalls">Stalls of the store during orders.</param>
/// <param name="ProcessStalls">Stalls of the process during orders.</param>
/// <param name="Amends">Orders of the agent that were reduced manually, and thereby renamed.</param>
/// <param name="Prevented">Orders of the agent that lost quantity to self-trade prevention.</param>
/// <param name="ForeignOrders">Orders placed by the other trader.</param>
/// <param name="ForeignTrades">Trades of those orders.</param>
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
    /// <summary>True when each kind of action has happened.</summary>
    public bool AreAllDone => VenueStalls > 0 && StoreStalls > 0 && ProcessStalls > 0 && Amends > 0 && Prevented > 0
        && ForeignOrders > 0 && ForeignTrades > 0 && ForeignOpen > 0 && ReusedNames > 0;
}
