using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Desk;

/// <summary>What one execution has at work.</summary>
/// <param name="Orders">Open orders, those on their way included.</param>
/// <param name="IsReconciling">True while the venue may know more: no order that adds risk goes out.</param>
/// <param name="Epoch">To be carried by an order that is decided from this.</param>
[GenerateSerializer, Immutable, Alias("OpenOrders")]
public sealed record OpenOrders(
    [property: Id(0)] ImmutableArray<Order> Orders, [property: Id(1)] bool IsReconciling, [property: Id(2)] HaltEpoch Epoch = default);
