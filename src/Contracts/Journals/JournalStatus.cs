namespace BtcAgent.Contracts.Journals;

/// <summary>A journal's contents and limits.</summary>
/// <param name="Entries">Approximate number of entries.</param>
/// <param name="SizeMb">MiB in use.</param>
/// <param name="OldestEventTime">Event time of the oldest entry; unknown when there is none.</param>
/// <param name="Trimmed">Entries deleted since the start because of age or size.</param>
/// <param name="Limits">Description of the limits on age and size.</param>
/// <param name="Problem">Why nothing can be stored at present; null when it can.</param>
public sealed record JournalStatus(
    long Entries, double SizeMb, Timestamp OldestEventTime, long Trimmed, string Limits, string? Problem);
