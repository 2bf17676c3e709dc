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

    /// <summary>What the venue means to fill altogether, where amendments or prevented self-trades have changed it; null for the intent's.</summary>
    [Id(9)] public Quantity? VenueQuantity { get; init; }

    /// <summary>Client order id at the venue, where it has been changed; null for the intent's.</summary>
    [Id(10)] public string? VenueName { get; init; }

    /// <summary>
    /// For an order that was adopted: its venue trades up to this id had been counted before, in the opening balances or for
    /// an order since forgotten. Null for an order of this agent.
    /// </summary>
    [Id(11)] public long? CountedTo { get; init; }

    /// <summary>The venue's time of its last word on quantity and name; unknown before the first.</summary>
    [Id(12)] public Timestamp VenueTime { get; init; }

    /// <summary>What there is to fill altogether: the venue's word, else the intent's.</summary>
    public Quantity Quantity => VenueQuantity ?? Intent.Quantity;

    /// <summary>Zero too when more was filled than there was to fill.</summary>
    public Quantity RemainingQuantity => Quantity > FilledQuantity ? Quantity - FilledQuantity : Quantity.Zero;

    /// <summary>The client order id it goes by at the venue.</summary>
    public string Name => VenueName ?? Intent.ClientOrderId;

    /// <summary>True when this agent did not place it, or does not remember that it did.</summary>
    public bool IsAdopted => CountedTo is not null;

    /// <summary>True when it was placed in the account by somebody else than this agent.</summary>
    [Id(13)] public bool IsByHand { get; init; }

    /// <summary>Quantity-weighted fill price in quote asset; null before the first fill.</summary>
    public decimal? AverageFillPrice => FilledQuantity.IsZero ? null : FilledNotional / FilledQuantity.ToDecimal();

    public bool IsOpen => Status is not (OrderStatus.Denied or OrderStatus.Rejected or OrderStatus.Filled
        or OrderStatus.Canceled or OrderStatus.Expired or OrderStatus.Unclear);
}
