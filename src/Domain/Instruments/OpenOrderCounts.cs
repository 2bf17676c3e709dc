namespace BtcAgent.Domain.Instruments;

/// <summary>
/// Orders that an account has open before this one; counted as <see cref="OpenOrderLimits"/>. The agent places neither icebergs nor
/// order lists, so those are not counted.
/// </summary>
public readonly record struct OpenOrderCounts(int Orders, int AlgoOrders);
