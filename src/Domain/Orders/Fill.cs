namespace BtcAgent.Domain.Orders;

/// <summary>One execution of an order, as reported by the venue. Applied once per <see cref="TradeId"/>.</summary>
[GenerateSerializer, Immutable, Alias("Fill")]
public sealed record Fill
{
    /// <summary>Unique per instrument and venue.</summary>
    [Id(0)] public required string TradeId { get; init; }

    [Id(1)] public required string ClientOrderId { get; init; }

    [Id(2)] public required string Portfolio { get; init; }

    [Id(3)] public required InstrumentId Instrument { get; init; }

    [Id(4)] public required Side Side { get; init; }

    [Id(5)] public required Price Price { get; init; }

    [Id(6)] public required Quantity Quantity { get; init; }

    [Id(7)] public required decimal Fee { get; init; }

    [Id(8)] public required string FeeAsset { get; init; }

    /// <summary>True when the order had rested and provided the liquidity.</summary>
    [Id(9)] public required bool IsMaker { get; init; }

    [Id(10)] public required Timestamp EventTime { get; init; }

    /// <summary>
    /// Ascending number among the fills that an execution delivers to the portfolio; zero when not numbered. A number is
    /// booked at most once.
    /// </summary>
    [Id(11)] public long Number { get; init; }

    /// <summary>True when this agent did not place the order.</summary>
    [Id(12)] public bool IsByHand { get; init; }

    public decimal Notional => Price.Times(Quantity);
}
