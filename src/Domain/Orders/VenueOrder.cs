namespace BtcAgent.Domain.Orders;

/// <summary>An order as the venue has it; reconciliation compares it with ours.</summary>
[GenerateSerializer, Immutable, Alias("VenueOrder")]
public sealed record VenueOrder
{
    /// <summary>Its current client order id, from its placement or last amendment, not the id of a later cancel.</summary>
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

    /// <summary>Venue time of the last change.</summary>
    [Id(11)] public required Timestamp UpdatedAt { get; init; }

    /// <summary>The venue's reason of a rejection or expiry; null when it gave none.</summary>
    [Id(12)] public string? Reason { get; init; }

    /// <summary>Quantity removed by self-trade prevention: it will never fill.</summary>
    [Id(13)] public Quantity PreventedQuantity { get; init; }

    /// <summary>
    /// Client order id before the reported amendment, or before all amendments; null when no earlier one is known.
    /// </summary>
    [Id(14)] public string? FormerClientOrderId { get; init; }

    /// <summary>The parts of the record that this agent does not understand; null when all is clear.</summary>
    [Id(15)] public string? Unclear { get; init; }

    /// <summary>The record as received if part of it is unclear; null otherwise.</summary>
    [Id(16)] public string? Payload { get; init; }

    /// <summary>Total quantity that can fill at the venue.</summary>
    public Quantity QuantityToFill => Quantity > PreventedQuantity ? Quantity - PreventedQuantity : Quantity.Zero;

    public bool IsOpen => Status is OrderStatus.Accepted or OrderStatus.PartiallyFilled or OrderStatus.PendingCancel
        or OrderStatus.Triggered or OrderStatus.PendingUpdate;
}
