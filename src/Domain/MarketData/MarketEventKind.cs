namespace BtcAgent.Domain.MarketData;

public enum MarketEventKind : byte
{
    Trade = 1,
    Quote = 2,
    BookDelta = 3,
    BookSnapshot = 4,

    /// <summary>The feed lost its connection or its place: the book is unknown until the next snapshot.</summary>
    FeedInterrupted = 5,
}
