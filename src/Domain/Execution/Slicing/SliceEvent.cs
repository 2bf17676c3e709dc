using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Execution.Slicing;

/// <summary>What a parent order hears of, in event time. Repeated child events are harmless.</summary>
[GenerateSerializer, Immutable, Alias("SliceEvent")]
public sealed record SliceEvent
{
    [Id(0)] public required SliceEventKind Kind { get; init; }

    [Id(1)] public required Timestamp EventTime { get; init; }

    [Id(2)] public Quote Quote { get; init; }

    /// <summary>Of the trade; for child events, all that the child has filled so far.</summary>
    [Id(3)] public Quantity Quantity { get; init; }

    [Id(4)] public string? ClientOrderId { get; init; }

    public static SliceEvent Clock(Timestamp at) => new() { Kind = SliceEventKind.Clock, EventTime = at };

    public static SliceEvent Quoted(Timestamp at, Quote quote) =>
        new() { Kind = SliceEventKind.Quote, EventTime = at, Quote = quote };

    public static SliceEvent Traded(Timestamp at, Quantity quantity) =>
        new() { Kind = SliceEventKind.Trade, EventTime = at, Quantity = quantity };

    public static SliceEvent Filled(Timestamp at, string child, Quantity filledSoFar) =>
        new() { Kind = SliceEventKind.ChildFilled, EventTime = at, ClientOrderId = child, Quantity = filledSoFar };

    public static SliceEvent Ended(Timestamp at, string child, Quantity filledInAll) =>
        new() { Kind = SliceEventKind.ChildEnded, EventTime = at, ClientOrderId = child, Quantity = filledInAll };

    public static SliceEvent Cancel(Timestamp at) => new() { Kind = SliceEventKind.Cancel, EventTime = at };
}
