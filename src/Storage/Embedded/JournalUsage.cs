namespace BtcAgent.Storage.Embedded;

/// <summary>A journal's size after its last commit.</summary>
/// <param name="Rows">Approximate number of entries: a repeated entry may count twice.</param>
/// <param name="Bytes">Bytes of pages in use; the file may also contain free pages.</param>
/// <param name="OldestEventTimeUnixNs">Event time of the oldest entry; null when there is none.</param>
/// <param name="Trimmed">Entries deleted since the start because of age or size.</param>
public sealed record JournalUsage(long Rows, long Bytes, long? OldestEventTimeUnixNs, long Trimmed);
