namespace BtcAgent.Domain.Books;

public enum BookState : byte
{
    /// <summary>The book is empty and must not be traded on; deltas are buffered.</summary>
    AwaitingSnapshot = 1,

    /// <summary>The book is the venue's as of <see cref="BookSynchronizer.LastUpdateId"/>.</summary>
    InSync = 2,
}
