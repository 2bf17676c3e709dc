namespace BtcAgent.Storage.Embedded;

/// <summary>A row of grain state.</summary>
/// <param name="Payload">JSON; null after the state was cleared.</param>
/// <param name="ETag">Counts the writes of this row, from 1; it goes on after a clear, so that no stale tag fits again.</param>
public readonly record struct StoredState(string? Payload, long ETag);
