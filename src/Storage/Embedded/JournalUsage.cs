namespace BtcAgent.Storage.Embedded;

/// <summary>What a journal keeps, as of its last commit.</summary>
/// <param name="Rows">Entries, about: an entry that came twice may count twice.</param>
/// <param name="Bytes">Of pages in use; the file holds free ones beside them.</param>
/// <param name="OldestEventTimeUnixNs">Event time of the oldest entry; null when there is none.</param>
/// <param name="Trimmed">Entries let go of since the start.</param>
public sealed record JournalUsage(long Rows, long Bytes, long? OldestEventTimeUnixNs, long Trimmed);
