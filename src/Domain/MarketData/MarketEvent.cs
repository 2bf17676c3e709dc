namespace BtcAgent.Domain.MarketData;

/// <summary>
/// One event of a feed, of any kind, as a flat value, so that a tape decodes into an array. The price levels of book events
/// are stored beside it as one span: <see cref="BidCount"/> bids, then <see cref="AskCount"/> asks. An <see cref="IInjectedEvent"/> keeps its values there.
/// </summary>
[GenerateSerializer, Immutable, Alias("MarketEvent")]
public readonly record struct MarketEvent
{
    [Id(0)] public required MarketEventKind Kind { get; init; }

    /// <summary>
    /// Place in the feed of this instrument: +1 per event within an epoch; consumers drop repeats and notice holes.
    /// </summary>
    [Id(1)] public long Sequence { get; init; }

    /// <summary>The venue's time; <see cref="Timestamp.Unknown"/> where the venue sends none (spot quotes, snapshots), and for injected events.</summary>
    [Id(2)] public Timestamp EventTime { get; init; }

    /// <summary>Our clock when the frame was received.</summary>
    [Id(3)] public Timestamp ReceiveTime { get; init; }

    /// <summary>Trade id; first update id <c>U</c> of a delta; number of an injected event; 0 otherwise.</summary>
    [Id(4)] public long FirstId { get; init; }

    /// <summary>Trade id; last update id <c>u</c> of a delta or quote; <c>lastUpdateId</c> of a snapshot; number of an injected event.</summary>
    [Id(5)] public long LastId { get; init; }

    /// <summary>Trade price, or the quote's bid.</summary>
    [Id(6)] public Price Price { get; init; }

    /// <summary>Trade quantity, or the quantity at the bid.</summary>
    [Id(7)] public Quantity Quantity { get; init; }

    /// <summary>The quote's ask.</summary>
    [Id(8)] public Price AskPrice { get; init; }

    [Id(9)] public Quantity AskQuantity { get; init; }

    /// <summary>The side that took liquidity in a trade.</summary>
    [Id(10)] public Side Aggressor { get; init; }

    /// <summary>Index of this event's first level in the level array of its batch.</summary>
    [Id(11)] public int LevelsStart { get; init; }

    [Id(12)] public int BidCount { get; init; }

    [Id(13)] public int AskCount { get; init; }

    public int LevelCount => BidCount + AskCount;

    /// <summary>True for knowledge from outside the venue: it does not show that the venue is heard.</summary>
    public bool IsInjected => Kind >= MarketEventKind.Sentiment;

    public Quote Quote => new(Price, Quantity, AskPrice, AskQuantity);
}
