using System.Collections.Immutable;
using BtcAgent.Contracts.Economy;

namespace BtcAgent.Client.Api;

/// <summary>Economic releases, and the state of their source.</summary>
/// <param name="IsRead">Whether a process reads releases: it has reported within 90 seconds, since it reports nothing while it asks.</param>
/// <param name="IsAlive">Whether the calendar is known: its last notice to the feeds is at most ten minutes old.</param>
/// <param name="Source"><c>fred</c> or <c>simulated</c>; null when none has reported.</param>
/// <param name="Reader">Name of the process that reads; null before its first report.</param>
/// <param name="ReportedAt">Its last report; null before the first.</param>
/// <param name="NoticeAt">Its last notice to the feeds; null before the first.</param>
/// <param name="Problem">The last failure; null after a step that succeeded.</param>
/// <param name="RequestsOfDay">Requests of this UTC day.</param>
/// <param name="RequestsPerDayMax">Their limit.</param>
/// <param name="Releases">Each release that counts.</param>
public sealed record EconomyView(
    bool IsRead, bool IsAlive, string? Source, string? Reader, Timestamp ReportedAt, Timestamp NoticeAt, string? Problem, int RequestsOfDay, int RequestsPerDayMax,
    ImmutableArray<ReleaseStatus> Releases)
{
    private static readonly TimeSpan ReportAgeMax = TimeSpan.FromSeconds(90);

    internal static EconomyView Of(EconomyStatus status, Timestamp now) => new(
        status.ReportedAt.IsKnown && now - status.ReportedAt <= ReportAgeMax, status.IsAlive(now), status.Source, status.Reader, status.ReportedAt, status.NoticeAt,
        status.Problem, status.RequestsOfDay, status.RequestsPerDayMax, status.Releases);
}
