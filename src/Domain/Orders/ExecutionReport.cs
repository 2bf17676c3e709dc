namespace BtcAgent.Domain.Orders;

/// <summary>A venue's report of what happened to an order.</summary>
[GenerateSerializer, Immutable, Alias("ExecutionReport")]
public sealed record ExecutionReport
{
    [Id(0)] public required string ClientOrderId { get; init; }

    [Id(1)] public required ExecutionReportKind Kind { get; init; }

    [Id(2)] public required Timestamp EventTime { get; init; }

    [Id(3)] public string? VenueOrderId { get; init; }

    /// <summary>Set for <see cref="ExecutionReportKind.Trade"/>.</summary>
    [Id(4)] public Fill? Fill { get; init; }

    /// <summary>Set for rejections, cancellations and expiry.</summary>
    [Id(5)] public string? Reason { get; init; }

    /// <summary>The order as the venue has it after this event; null when the venue did not send it.</summary>
    [Id(6)] public VenueOrder? VenueOrder { get; init; }

    /// <summary>The message as received if part of it is unclear; null otherwise.</summary>
    [Id(7)] public string? Payload { get; init; }
}
