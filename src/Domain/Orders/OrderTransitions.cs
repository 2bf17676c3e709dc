using System.Collections.Frozen;
using static BtcAgent.Domain.Orders.OrderStatus;

namespace BtcAgent.Domain.Orders;

/// <summary>
/// The legal transitions between order statuses. Reports of one order may overtake each other, so that a sent order can be
/// filled before its acceptance is seen. An order that has ended never changes again.
/// </summary>
internal static class OrderTransitions
{
    private static readonly FrozenDictionary<OrderStatus, FrozenSet<OrderStatus>> Table =
        new Dictionary<OrderStatus, OrderStatus[]>
        {
            [Initialized] = [Denied, Emulated, Submitted],
            [Emulated] = [Released, Canceled, Expired],
            [Released] = [Denied, Submitted, Canceled],
            [Submitted] = [Accepted, Rejected, PendingCancel, PartiallyFilled, Filled, Canceled, Expired],
            [Accepted] = [PendingUpdate, PendingCancel, Triggered, PartiallyFilled, Filled, Canceled, Expired],
            [Triggered] = [PendingUpdate, PendingCancel, PartiallyFilled, Filled, Rejected, Canceled, Expired],
            [PartiallyFilled] = [PartiallyFilled, PendingUpdate, PendingCancel, Filled, Canceled, Expired],
            [PendingUpdate] = [Accepted, Triggered, PartiallyFilled, PendingCancel, Filled, Canceled, Expired],
            [PendingCancel] = [Accepted, Triggered, PartiallyFilled, Filled, Rejected, Canceled, Expired],
            [Denied] = [],
            [Rejected] = [],
            [Filled] = [],
            [Canceled] = [],
            [Expired] = [],
        }.ToFrozenDictionary(row => row.Key, row => row.Value.ToFrozenSet());

    public static bool CanMove(OrderStatus from, OrderStatus to) =>
        Table.TryGetValue(from, out var targets) && targets.Contains(to);
}
