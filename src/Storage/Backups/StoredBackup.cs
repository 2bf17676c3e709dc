namespace BtcAgent.Storage.Backups;

/// <summary>A backup in a store.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Instant">The instant that it shows.</param>
/// <param name="Bytes">Its size.</param>
public sealed record StoredBackup(string Name, DateTimeOffset Instant, long Bytes);
