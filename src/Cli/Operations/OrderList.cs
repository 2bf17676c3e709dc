using BtcAgent.Domain.Orders;

namespace BtcAgent.Cli.Operations;

/// <summary>Orders, newest first.</summary>
internal sealed record OrderList(IReadOnlyList<Order> Orders);
