using System.Collections.Immutable;
using BtcAgent.Contracts.Social;

namespace BtcAgent.Client.Api;

/// <summary>The sources of posts.</summary>
/// <param name="IsRead">Whether a process reads posts: it has reported within 15 seconds.</param>
/// <param name="ReportedAt">Its last report; null before the first.</param>
/// <param name="Reader">Name of that process; null before its first report.</param>
/// <param name="Sources">Each source by that report; none is alive while no process reads.</param>
public sealed record SourcesView(bool IsRead, Timestamp ReportedAt, string? Reader, ImmutableArray<SocialSourceStatus> Sources)
{
    private static readonly TimeSpan ReportAgeMax = TimeSpan.FromSeconds(15);

    internal static SourcesView Of(SocialStatus status, Timestamp now) => IsReading(status, now)
        ? new SourcesView(true, status.ReportedAt, status.Reader, status.Sources)
        : new SourcesView(false, status.ReportedAt, status.Reader, [.. status.Sources.Select(source => source with { IsAlive = false })]);

    internal static bool IsReading(SocialStatus status, Timestamp now) => status.ReportedAt.IsKnown && now - status.ReportedAt <= ReportAgeMax;
}
