using System.Collections.Immutable;

namespace BtcAgent.Cli.Backups;

/// <summary>Result of <c>btcagent backup list</c>.</summary>
internal sealed record BackupList(string Place, ImmutableArray<ListedBackup> Backups);
