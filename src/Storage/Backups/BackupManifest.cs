using System.Collections.Immutable;

namespace BtcAgent.Storage.Backups;

/// <summary>Contents of a backup.</summary>
/// <param name="Instant">The instant that all parts show.</param>
/// <param name="Parts">The files, in their order in the backup.</param>
public sealed record BackupManifest(DateTimeOffset Instant, ImmutableArray<BackupPart> Parts);
