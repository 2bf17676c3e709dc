namespace BtcAgent.Storage.Backups;

/// <summary>A new backup, checked by reading it from the store.</summary>
/// <param name="Contents">Its contents.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="SnapshotSeconds">Duration of the copy of the databases.</param>
/// <param name="Seconds">Duration of the whole, with the check.</param>
public sealed record CreatedBackup(BackupContents Contents, long Bytes, double SnapshotSeconds, double Seconds);
