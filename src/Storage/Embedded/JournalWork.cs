namespace BtcAgent.Storage.Embedded;

/// <summary>An entry to append, or someone who waits until all before it are kept.</summary>
/// <param name="Entry">To append; null of someone who waits.</param>
/// <param name="Flushed">Of someone who waits.</param>
/// <param name="Settled">Told once whether the entry is kept, on the writer's thread; must not throw or wait.</param>
internal readonly record struct JournalWork(JournalEntry? Entry, TaskCompletionSource? Flushed, Action<bool>? Settled = null)
{
    /// <summary>The halt that an accepted state called for is in force.</summary>
    public bool IsHaltDone { get; init; }
}
