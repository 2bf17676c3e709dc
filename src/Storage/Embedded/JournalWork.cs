namespace BtcAgent.Storage.Embedded;

/// <summary>An entry to append, or someone who waits until all before it are kept.</summary>
internal readonly record struct JournalWork(JournalEntry? Entry, TaskCompletionSource? Flushed);
