using System.Collections.Immutable;

namespace BtcAgent.Domain.Orders;

/// <summary>An order and all that is known of it. Changed only by <c>OrderLifecycle</c>.</summary>
[GenerateSerializer, Immutable, Alias("Order")]
public sealed record Order
{
    [Id(0)] public required OrderIntent Intent { get; init; }

    [Id(1)] public OrderStatus Status { get; init; } = OrderStatus.Initialized;

    [Id(2)] public string? VenueOrderId { get; init; }

    [Id(3)] public Quantity FilledQuantity { get; init; }

    /// <summary>Sum of price × quantity over the fills, in quote asset.</summary>
    [Id(4)] public decimal FilledNotional { get; init; }

    [Id(5)] public int FillCount { get; init; }

    /// <summary>Event time of the last change.</summary>
    [Id(6)] public Timestamp UpdatedAt { get; init; }

    /// <summary>Why it was refused, cancelled or expired; while a cancel is on its way, why it was asked for.</summary>
    [Id(7)] public string? Reason { get; init; }

    /// <summary>
    /// Venue trade ids of the fills counted above, so that a repeated report is harmless; one per fill.
    /// </summary>
    [Id(8)] public ImmutableArray<string> TradeIds { get; init; } = [];

    public Quantity RemainingQuantity => Intent.Quantity - FilledQuantity;

    /// <summary>Quantity-weighted fill price in quote asset; null before the first fill.</summary>
    public decimal? AverageFillPrice => FilledQuantity.IsZero ? null : FilledNotional / FilledQuantity.ToDecimal();

    public bool IsOpen => Status is not (OrderStatus.Denied or OrderStatus.Rejected or OrderStatus.Filled
        or OrderStatus.Canceled or OrderStatus.Expired);
}
