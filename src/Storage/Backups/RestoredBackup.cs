namespace BtcAgent.Storage.Backups;

/// <summary>A restored backup.</summary>
/// <param name="Contents">Its contents.</param>
/// <param name="Folder">The data folder.</param>
/// <param name="Aside">Folder with the files that were there before; null when there were none.</param>
public sealed record RestoredBackup(BackupContents Contents, string Folder, string? Aside);
