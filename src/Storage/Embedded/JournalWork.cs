namespace BtcAgent.Storage.Embedded;

/// <summary>A work item of the journal's writer: an entry to append, or a flush.</summary>
/// <param name="Entry">The entry to append; null for a flush.</param>
/// <param name="Flushed">Completed when all earlier entries are stored; null for an entry.</param>
/// <param name="Settled">Called once on the writer's thread with true when the entry is stored; must not throw or wait.</param>
internal readonly record struct JournalWork(JournalEntry? Entry, TaskCompletionSource? Flushed, Action<bool>? Settled = null)
{
    /// <summary>True for the note that the halt after an accepted state is in force.</summary>
    public bool IsHaltDone { get; init; }
}
