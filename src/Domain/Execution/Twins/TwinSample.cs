namespace BtcAgent.Domain.Execution.Twins;

/// <summary>Comparison of one live order with its twin. Positive numbers mean that the live order was worse.</summary>
[GenerateSerializer, Immutable, Alias("ParitySample")]
public sealed record TwinSample
{
    [Id(0)] public required string ClientOrderId { get; init; }

    /// <summary>
    /// Live average price beyond the twin's, relative to the decision's reference price, in basis points; null unless both
    /// have filled.
    /// </summary>
    [Id(1)] public double? SlippageBps { get; init; }

    /// <summary>
    /// Quantity-weighted mean fill time of the live order after the twin's, in milliseconds; null unless both have filled.
    /// </summary>
    [Id(2)] public double? DelayMs { get; init; }

    /// <summary>Fraction of the quantity filled by the twin less that of the live order, -1…1.</summary>
    [Id(3)] public required double FillRatioShortfall { get; init; }
}
