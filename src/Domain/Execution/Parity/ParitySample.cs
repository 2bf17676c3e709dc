namespace BtcAgent.Domain.Execution.Parity;

/// <summary>One live order against its twin. Positive numbers say that the live order was worse.</summary>
[GenerateSerializer, Immutable, Alias("ParitySample")]
public sealed record ParitySample
{
    [Id(0)] public required string ClientOrderId { get; init; }

    /// <summary>
    /// Live average price beyond the twin's, over the decision's reference price, in basis points; null unless both
    /// have filled.
    /// </summary>
    [Id(1)] public double? SlippageBps { get; init; }

    /// <summary>Live mean fill time, weighted by quantity, after the twin's; null unless both have filled.</summary>
    [Id(2)] public double? DelayMs { get; init; }

    /// <summary>Share of the quantity filled by the twin less that of the live order, -1…1.</summary>
    [Id(3)] public required double FillRatioShortfall { get; init; }
}
