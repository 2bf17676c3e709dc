namespace BtcAgent.Contracts.Trading;

/// <summary>What a journal keeps, and how much it may.</summary>
/// <param name="Entries">About how many.</param>
/// <param name="SizeMb">MiB in use.</param>
/// <param name="OldestEventTime">Of the entries kept; unknown when there is none.</param>
/// <param name="Trimmed">Entries let go of since the start, by age or size.</param>
/// <param name="Dropped">Entries lost since the start, because they could not be written.</param>
/// <param name="Limits">What lets entries go, in words.</param>
/// <param name="Problem">Why entries are lost at present; null when they are kept.</param>
public sealed record JournalStatus(
    long Entries, double SizeMb, Timestamp OldestEventTime, long Trimmed, long Dropped, string Limits, string? Problem);
