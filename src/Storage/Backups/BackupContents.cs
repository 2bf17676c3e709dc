using System.Collections.Immutable;

namespace BtcAgent.Storage.Backups;

/// <summary>Contents of a backup that was checked.</summary>
/// <param name="Name">Name of the backup.</param>
/// <param name="Header">Its header.</param>
/// <param name="Instant">The instant that its parts show.</param>
/// <param name="Parts">Its files.</param>
/// <param name="StateId">Id of the state.</param>
/// <param name="Commits">Number of commits of the state.</param>
/// <param name="States">Number of stored grain states by name.</param>
/// <param name="Decisions">Number of decisions in the journal.</param>
/// <param name="NewestDecision">Event time of the newest decision; null when there is none.</param>
public sealed record BackupContents(
    string Name,
    BackupHeader Header,
    DateTimeOffset Instant,
    ImmutableArray<BackupPart> Parts,
    string StateId,
    long Commits,
    ImmutableSortedDictionary<string, long> States,
    long Decisions,
    DateTimeOffset? NewestDecision);
