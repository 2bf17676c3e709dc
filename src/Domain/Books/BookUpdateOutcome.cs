namespace BtcAgent.Domain.Books;

/// <summary>Effect of an event on a <see cref="BookSynchronizer"/>.</summary>
public enum BookUpdateOutcome : byte
{
    /// <summary>A delta changed the book.</summary>
    Applied = 1,

    /// <summary>A delta is kept until a snapshot arrives.</summary>
    Buffered = 2,

    /// <summary>A delta older than the book was dropped.</summary>
    Stale = 3,

    /// <summary>A snapshot was applied, with the buffered deltas that continue it.</summary>
    Synchronized = 4,

    /// <summary>Updates are missing: the book is empty until the next snapshot.</summary>
    Gap = 5,

    /// <summary>Best bid at or above best ask: the book is empty until the next snapshot.</summary>
    Crossed = 6,

    /// <summary>Not a book event, or a snapshot no newer than the book.</summary>
    Ignored = 7,

    /// <summary>The feed reported an interruption: the book is empty until the next snapshot.</summary>
    Interrupted = 8,
}
