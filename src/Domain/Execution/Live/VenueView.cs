using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>The venue's own records of one instrument, read for a comparison with ours.</summary>
/// <param name="AskedAt">Our clock before the first question.</param>
/// <param name="OpenOrders">All that are open, and those whose trades were listed although nobody knew them.</param>
/// <param name="Asked">Answers to questions about single orders, by our id; a null order is one that the venue does not have.</param>
/// <param name="Trades">
/// All from the first that had not been counted on, and all of each order that was short of fills; read after the orders.
/// </param>
public sealed record VenueView(
    Timestamp AskedAt,
    ImmutableArray<VenueOrder> OpenOrders,
    ImmutableDictionary<string, VenueOrder?> Asked,
    ImmutableArray<VenueFill> Trades);
