namespace BtcAgent.Contracts.Facts;

/// <summary>Size and age of a data set of the history, and how long it keeps its rows.</summary>
/// <param name="Name">Name of the data set.</param>
/// <param name="Rows">Rows.</param>
/// <param name="Files">Files.</param>
/// <param name="SizeMb">MiB of its files.</param>
/// <param name="From">Lowest event time; null without rows.</param>
/// <param name="To">Highest event time; null without rows.</param>
/// <param name="OldestStoredAt">When its oldest file was stored, from which retention counts; null without files.</param>
/// <param name="RetentionDays">Days after which a file is removed; null: kept for ever.</param>
/// <param name="Problem">Why nothing is stored in it at present, in one line; its size is then not known. Null when it is stored.</param>
public sealed record DatasetStatus(
    string Name,
    long Rows,
    int Files,
    double SizeMb,
    DateTimeOffset? From,
    DateTimeOffset? To,
    DateTimeOffset? OldestStoredAt,
    int? RetentionDays,
    string? Problem = null);
