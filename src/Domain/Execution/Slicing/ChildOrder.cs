namespace BtcAgent.Domain.Execution.Slicing;

/// <summary>A child that is open, or on its way.</summary>
[GenerateSerializer, Immutable, Alias("ChildOrder")]
public sealed record ChildOrder
{
    [Id(0)] public required string ClientOrderId { get; init; }

    [Id(1)] public required Quantity Quantity { get; init; }

    /// <summary>Null for a market order.</summary>
    [Id(2)] public Price? LimitPrice { get; init; }

    [Id(3)] public required Timestamp PlacedAt { get; init; }

    [Id(4)] public Quantity Filled { get; init; }

    [Id(5)] public bool IsCancelling { get; init; }

    public Quantity Remaining => Quantity - Filled;
}
