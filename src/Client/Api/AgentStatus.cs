using System.Collections.Immutable;
using BtcAgent.Contracts.Backups;
using BtcAgent.Contracts.Clocks;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Feeds;
using BtcAgent.Contracts.Journals;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Client.Api;

/// <summary>
/// The agent at a glance; <c>Pending</c> lists the unfinished steps of a halt with the reason, <c>Tripped</c> the tripped
/// breakers on its health by portfolio, <c>Backup</c> the backups of the data folder.
/// </summary>
public sealed record AgentStatus(
    string Version,
    string Venue,
    string Mode,
    DateTimeOffset StartedAt,
    double UptimeSeconds,
    bool IsArmed,
    ImmutableSortedDictionary<string, BreakerState> Breakers,
    ImmutableSortedDictionary<string, FeedHealth> Feeds,
    IReadOnlyList<LatencyPercentiles> Latency,
    string? Pending,
    ClockStatus? Clock,
    JournalStatus? Journal,
    string? StoreProblem,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Tripped,
    HistoryStatus? History,
    BackupStatus? Backup);
