using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Live;

/// <summary>The venue's records of one instrument, read for a comparison with ours.</summary>
/// <param name="AskedAt">Our clock before the first query.</param>
/// <param name="OpenOrders">All open orders, and unknown orders whose trades were listed.</param>
/// <param name="Asked">Answers to queries of single orders, by our id; null for an order that the venue does not
/// have.</param>
/// <param name="Trades">
/// All trades from the first uncounted one on, and all of each order with missing fills; read after the orders.
/// </param>
public sealed record VenueView(
    Timestamp AskedAt,
    ImmutableArray<VenueOrder> OpenOrders,
    ImmutableDictionary<string, VenueOrder?> Asked,
    ImmutableArray<VenueFill> Trades);
