namespace BtcAgent.Domain.Execution.Venue;

/// <summary>One of our trades in the venue's list; the venue's id identifies its order.</summary>
[GenerateSerializer, Immutable, Alias("VenueFill")]
public sealed record VenueFill
{
    /// <summary>Ascending per instrument.</summary>
    [Id(0)] public required long TradeId { get; init; }

    [Id(1)] public required string VenueOrderId { get; init; }

    [Id(2)] public required Side Side { get; init; }

    [Id(3)] public required Price Price { get; init; }

    [Id(4)] public required Quantity Quantity { get; init; }

    [Id(5)] public required decimal Fee { get; init; }

    [Id(6)] public required string FeeAsset { get; init; }

    [Id(7)] public required bool IsMaker { get; init; }

    [Id(8)] public required Timestamp EventTime { get; init; }
}
