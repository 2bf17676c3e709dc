namespace BtcAgent.Contracts.Backups;

/// <summary>The agent's backups.</summary>
/// <param name="Place">Where they are.</param>
/// <param name="IsEncrypted">Whether new backups are encrypted.</param>
/// <param name="Kept">Number of backups there.</param>
/// <param name="Newest">Name of the newest; null when there is none.</param>
/// <param name="NewestAt">Instant of the newest; null when there is none.</param>
/// <param name="SizeMb">MiB of all backups.</param>
/// <param name="LastSeconds">Duration of the last backup since the start, with its check; null before the first.</param>
/// <param name="NextAt">When the next backup is due; null while one is being made.</param>
/// <param name="Problem">Why the last attempt failed; null when it succeeded.</param>
public sealed record BackupStatus(
    string Place,
    bool IsEncrypted,
    int Kept,
    string? Newest,
    DateTimeOffset? NewestAt,
    double SizeMb,
    double? LastSeconds,
    DateTimeOffset? NextAt,
    string? Problem);
