namespace BtcAgent.Cli.Backups;

/// <summary>A backup in a list.</summary>
internal sealed record ListedBackup(string Name, DateTimeOffset Instant, long Bytes, bool IsEncrypted, string? AgentVersion, string? Problem);
