namespace BtcAgent.Storage.Embedded;

/// <summary>A row of grain state.</summary>
/// <param name="Payload">JSON; null after the state was cleared.</param>
/// <param name="ETag">
/// Counts the writes of this row from 1 and keeps counting after a clear, so that a stale ETag never matches again.
/// </param>
public readonly record struct StoredState(string? Payload, long ETag);
