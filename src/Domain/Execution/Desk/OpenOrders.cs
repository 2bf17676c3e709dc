using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Desk;

/// <summary>The open orders of one execution.</summary>
/// <param name="Orders">Open orders, including those in flight.</param>
/// <param name="IsReconciling">True while the venue may know more: orders that add risk are not sent.</param>
/// <param name="Epoch">Epoch for an order that is decided from this answer.</param>
[GenerateSerializer, Immutable, Alias("OpenOrders")]
public sealed record OpenOrders(
    [property: Id(0)] ImmutableArray<Order> Orders, [property: Id(1)] bool IsReconciling, [property: Id(2)] HaltEpoch Epoch = default);
