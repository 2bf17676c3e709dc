namespace BtcAgent.Domain.Orders;

/// <summary>An order that risk has approved, before it is sent.</summary>
[GenerateSerializer, Immutable, Alias("OrderIntent")]
public sealed record OrderIntent
{
    [Id(0)] public required string ClientOrderId { get; init; }

    [Id(1)] public required DecisionId Decision { get; init; }

    [Id(2)] public required string Portfolio { get; init; }

    [Id(3)] public required InstrumentId Instrument { get; init; }

    [Id(4)] public required Side Side { get; init; }

    [Id(5)] public required OrderType Type { get; init; }

    [Id(6)] public required TimeInForce TimeInForce { get; init; }

    [Id(7)] public required Quantity Quantity { get; init; }

    /// <summary>Required for limit orders, null for market orders.</summary>
    [Id(8)] public Price? LimitPrice { get; init; }

    /// <summary>Event time of the decision.</summary>
    [Id(9)] public required Timestamp EventTime { get; init; }

    /// <summary>Mid price at the decision, in quote asset: the base of slippage.</summary>
    [Id(10)] public required decimal ReferencePrice { get; init; }

    /// <summary>True when the order can only reduce the position.</summary>
    [Id(11)] public required bool ReducesRisk { get; init; }

    /// <summary>Price that triggers a stop or take-profit order; null for other types.</summary>
    [Id(12)] public Price? StopPrice { get; init; }

    /// <summary>Distance at which the trigger follows the market, in basis points; null for a fixed trigger.</summary>
    [Id(13)] public int? TrailingDeltaBps { get; init; }

    // Id 14 was the visible quantity of an iceberg, always null: stored orders may hold "displayQuantity", which is not read.

    /// <summary>
    /// Name of the signal's strategy, <see cref="Risk.OrderRequest.Strategy"/> for an operator's order, else the origin,
    /// such as <c>flatten</c>; null for an order stored by a version that did not record it.
    /// </summary>
    [Id(15)] public string? Strategy { get; init; }
}
