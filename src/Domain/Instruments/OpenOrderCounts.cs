namespace BtcAgent.Domain.Instruments;

/// <summary>An account's open orders before this one, counted as in <see cref="OpenOrderLimits"/>.</summary>
[GenerateSerializer, Immutable, Alias("OpenOrderCounts")]
public readonly record struct OpenOrderCounts(
    [property: Id(0)] int Orders,
    [property: Id(1)] int AlgoOrders,
    [property: Id(2)] int IcebergOrders,
    [property: Id(3)] int OrderLists);
