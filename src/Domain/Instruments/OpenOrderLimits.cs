namespace BtcAgent.Domain.Instruments;

/// <summary>Most orders that an account may have open; null where the venue sets no limit.</summary>
/// <param name="Orders">Orders of every type.</param>
/// <param name="AlgoOrders">Stop-loss and take-profit orders.</param>
/// <param name="IcebergOrders">Orders that show a part of their quantity.</param>
/// <param name="OrderLists">OCO, OTO and OTOCO, each counted once.</param>
[GenerateSerializer, Immutable, Alias("OpenOrderLimits")]
public readonly record struct OpenOrderLimits(
    [property: Id(0)] int? Orders,
    [property: Id(1)] int? AlgoOrders,
    [property: Id(2)] int? IcebergOrders,
    [property: Id(3)] int? OrderLists);
