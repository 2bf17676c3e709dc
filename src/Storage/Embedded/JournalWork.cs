namespace BtcAgent.Storage.Embedded;

/// <summary>A work item of the journal's writer; without entries it only notes the newest mark of the state.</summary>
/// <param name="Entries">The entries to store; null for none.</param>
/// <param name="Place">The place after them; null for none.</param>
/// <param name="Done">Completed when the item is stored, or fails with the reason; null when nobody waits.</param>
internal readonly record struct JournalWork(IReadOnlyList<JournalEntry>? Entries, JournalPlace? Place, TaskCompletionSource? Done)
{
    /// <summary>True for the note that the halt after an accepted state is in force.</summary>
    public bool IsHaltDone { get; init; }
}
