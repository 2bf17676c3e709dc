using System.Collections.Immutable;
using BtcAgent.Storage.Backups;

namespace BtcAgent.Cli.Backups;

/// <summary>Result of a command on one backup.</summary>
internal sealed record ShownBackup
{
    public required string Name { get; init; }

    public required string Place { get; init; }

    public required DateTimeOffset Instant { get; init; }

    public required long Bytes { get; init; }

    public required bool IsEncrypted { get; init; }

    public required string AgentVersion { get; init; }

    public required long Commits { get; init; }

    public required ImmutableSortedDictionary<string, long> States { get; init; }

    public required long Decisions { get; init; }

    public required ImmutableArray<BackupPart> Parts { get; init; }

    /// <summary>Duration of the whole creation, with its check; null when none was created.</summary>
    public double? Seconds { get; init; }

    /// <summary>Duration of the copy of the databases; null when none was created.</summary>
    public double? SnapshotSeconds { get; init; }

    public string? RestoredTo { get; init; }

    public string? MovedAsideTo { get; init; }

    public static ShownBackup Of(CreatedBackup created, string place) => Of(created.Contents, created.Bytes, place) with
    {
        Seconds = Math.Round(created.Seconds, 3),
        SnapshotSeconds = Math.Round(created.SnapshotSeconds, 3),
    };

    public static ShownBackup Of(BackupContents contents, long bytes, string place) => new()
    {
        Name = contents.Name,
        Place = place,
        Instant = contents.Instant,
        Bytes = bytes,
        IsEncrypted = contents.Header.IsEncrypted,
        AgentVersion = contents.Header.AgentVersion,
        Commits = contents.Commits,
        States = contents.States,
        Decisions = contents.Decisions,
        Parts = contents.Parts,
    };
}
