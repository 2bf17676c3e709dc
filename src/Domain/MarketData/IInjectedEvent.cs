namespace BtcAgent.Domain.MarketData;

/// <summary>
/// Knowledge from outside the venue that gets its place in an instrument's log: a tally of posts, or a notice of economic releases. Its values take the
/// place of price levels; it has no venue time, and no effect on book, bars and orders.
/// </summary>
public interface IInjectedEvent
{
    /// <summary>Strictly increasing within its kind, also across restarts: the milliseconds of <see cref="KnownAt"/>, or one more than the one before.</summary>
    long Number { get; }

    /// <summary>When it was known, by our clock.</summary>
    Timestamp KnownAt { get; }

    /// <summary>Price levels that <see cref="Write"/> fills.</summary>
    int LevelCount { get; }

    /// <summary>The event of a feed, whose levels are those of <see cref="Write"/>.</summary>
    /// <param name="sequence">Place in the feed.</param>
    /// <param name="injectedAt">When the feed took it; an earlier time than <see cref="KnownAt"/> does not count.</param>
    MarketEvent ToEvent(long sequence, Timestamp injectedAt);

    /// <summary>Writes the values in the place of price levels, which keeps events of all kinds the same size.</summary>
    /// <param name="levels">Place for <see cref="LevelCount"/> levels, or more.</param>
    /// <returns>The levels that were written.</returns>
    ReadOnlySpan<PriceLevel> Write(Span<PriceLevel> levels);

    /// <summary>Why no source can have these values; null if one can.</summary>
    string? Problem();
}
