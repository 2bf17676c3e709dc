namespace BtcAgent.Domain.MarketData;

public enum MarketEventKind : byte
{
    Trade = 1,
    Quote = 2,
    BookDelta = 3,
    BookSnapshot = 4,

    /// <summary>The feed lost its connection or its place: the book is unknown until the next snapshot.</summary>
    FeedInterrupted = 5,

    /// <summary>
    /// Posts whose tone became known, injected by the reader of the feed: a <c>SentimentTally</c>, whose sums take the place of
    /// price levels. Not of the venue: without a venue time, and without effect on book, bars and orders.
    /// </summary>
    Sentiment = 6,

    /// <summary>
    /// Knowledge of the calendar of economic releases, injected like <see cref="Sentiment"/>: a <c>CalendarNotice</c>.
    /// </summary>
    Calendar = 7,
}
