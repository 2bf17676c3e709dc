using System.Collections.Immutable;

namespace BtcAgent.Domain.Orders;

/// <summary>An order and its state. Only <c>OrderLifecycle</c> changes it.</summary>
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

    /// <summary>
    /// Why it was refused, rejected, cancelled or expired; while a cancel is pending, the reason of that cancel.
    /// </summary>
    [Id(7)] public string? Reason { get; init; }

    /// <summary>
    /// Venue trade ids of the fills counted above, one per fill, so that a repeated report has no effect.
    /// </summary>
    [Id(8)] public ImmutableArray<string> TradeIds { get; init; } = [];

    /// <summary>
    /// Total quantity at the venue when amendments or prevented self-trades have changed it; null for the intent's.
    /// </summary>
    [Id(9)] public Quantity? VenueQuantity { get; init; }

    /// <summary>Client order id at the venue when it has changed; null for the intent's.</summary>
    [Id(10)] public string? VenueName { get; init; }

    /// <summary>
    /// For an adopted order: its venue trades up to this id were counted before, in the opening balances or for an order
    /// that was forgotten since. Null for an order of this agent.
    /// </summary>
    [Id(11)] public long? CountedTo { get; init; }

    /// <summary>Venue time of the last change of quantity or client order id; unknown before the first.</summary>
    [Id(12)] public Timestamp VenueTime { get; init; }

    /// <summary>Total quantity to fill: the venue's if known, else the intent's.</summary>
    public Quantity Quantity => VenueQuantity ?? Intent.Quantity;

    /// <summary>Quantity still to fill; also zero after an overfill.</summary>
    public Quantity RemainingQuantity => Quantity > FilledQuantity ? Quantity - FilledQuantity : Quantity.Zero;

    /// <summary>Current client order id at the venue.</summary>
    public string Name => VenueName ?? Intent.ClientOrderId;

    /// <summary>True when this agent did not place it, or has no record of placing it.</summary>
    public bool IsAdopted => CountedTo is not null;

    /// <summary>True when this agent did not place the order.</summary>
    [Id(13)] public bool IsByHand { get; init; }

    /// <summary>Quantity-weighted fill price in quote asset; null before the first fill.</summary>
    public decimal? AverageFillPrice => FilledQuantity.IsZero ? null : FilledNotional / FilledQuantity.ToDecimal();

    public bool IsOpen => Status is not (OrderStatus.Denied or OrderStatus.Rejected or OrderStatus.Filled
        or OrderStatus.Canceled or OrderStatus.Expired or OrderStatus.Unclear);
}
