using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>The venue's own records of one instrument, read for a comparison with ours.</summary>
/// <param name="AskedAt">Our clock before the first question.</param>
/// <param name="OpenOrders">All that are open.</param>
/// <param name="Asked">Answers to questions about single orders; a null order is one that the venue does not have.</param>
/// <param name="Trades">All from the first that had not been counted on, oldest first; read after the orders.</param>
public sealed record VenueView(
    Timestamp AskedAt,
    ImmutableArray<VenueOrder> OpenOrders,
    ImmutableDictionary<string, VenueOrder?> Asked,
    ImmutableArray<VenueFill> Trades);
