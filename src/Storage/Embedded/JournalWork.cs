namespace BtcAgent.Storage.Embedded;

/// <summary>An entry to append, or someone who waits until all before it are kept.</summary>
internal readonly record struct JournalWork(JournalEntry? Entry, TaskCompletionSource? Flushed)
{
    /// <summary>The halt that an accepted state called for is in force.</summary>
    public bool IsHaltDone { get; init; }
}
