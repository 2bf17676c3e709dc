namespace BtcAgent.Domain.Orders;

/// <summary>An order as the venue has it: what reconciliation compares ours with.</summary>
[GenerateSerializer, Immutable, Alias("VenueOrder")]
public sealed record VenueOrder
{
    /// <summary>The name it goes by now: as given when it was placed or amended, not the id of a later cancel.</summary>
    [Id(0)] public required string ClientOrderId { get; init; }

    [Id(1)] public required string VenueOrderId { get; init; }

    [Id(2)] public required InstrumentId Instrument { get; init; }

    [Id(3)] public required Side Side { get; init; }

    [Id(4)] public required OrderType Type { get; init; }

    [Id(5)] public required TimeInForce TimeInForce { get; init; }

    /// <summary>As ordered or amended, before any prevented self-trade.</summary>
    [Id(6)] public required Quantity Quantity { get; init; }

    /// <summary>Null for market orders.</summary>
    [Id(7)] public Price? LimitPrice { get; init; }

    [Id(8)] public Price? StopPrice { get; init; }

    /// <summary>Accepted, PartiallyFilled, Filled, Canceled, PendingCancel, Rejected, Expired or Unclear.</summary>
    [Id(9)] public required OrderStatus Status { get; init; }

    [Id(10)] public required Quantity ExecutedQuantity { get; init; }

    /// <summary>The venue's time of the last change.</summary>
    [Id(11)] public required Timestamp UpdatedAt { get; init; }

    /// <summary>The venue's word on a refusal or expiry; null when it gave none.</summary>
    [Id(12)] public string? Reason { get; init; }

    /// <summary>Taken away by the prevention of self-trades: it will never fill.</summary>
    [Id(13)] public Quantity PreventedQuantity { get; init; }

    /// <summary>The name it had before the amendment that is reported, or before all of them; null when it is not known to have had another.</summary>
    [Id(14)] public string? FormerClientOrderId { get; init; }

    /// <summary>What is said of it that this agent does not understand; null when all is clear.</summary>
    [Id(15)] public string? Unclear { get; init; }

    /// <summary>The record as received, where something is unclear; null otherwise.</summary>
    [Id(16)] public string? Payload { get; init; }

    /// <summary>What the venue means to fill altogether.</summary>
    public Quantity QuantityToFill => Quantity > PreventedQuantity ? Quantity - PreventedQuantity : Quantity.Zero;

    public bool IsOpen => Status is OrderStatus.Accepted or OrderStatus.PartiallyFilled or OrderStatus.PendingCancel
        or OrderStatus.Triggered or OrderStatus.PendingUpdate;
}
