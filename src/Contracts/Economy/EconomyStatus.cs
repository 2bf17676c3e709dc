using System.Collections.Immutable;

namespace BtcAgent.Contracts.Economy;

/// <summary>Source of economic releases.</summary>
/// <param name="ReportedAt">When the reader reported it; unknown when none has.</param>
/// <param name="Reader">The process that reads; null when none has reported.</param>
/// <param name="Source">Name of the source: <c>fred</c> or <c>simulated</c>; null when none has reported.</param>
/// <param name="Problem">The last failure; null after a step that succeeded.</param>
/// <param name="NoticeAt">When the last notice was sent; unknown before the first.</param>
/// <param name="RequestsOfDay">Requests of this UTC day.</param>
/// <param name="RequestsPerDayMax">Their limit.</param>
/// <param name="Releases">Each release that counts.</param>
[GenerateSerializer, Immutable, Alias("EconomyStatus")]
public sealed record EconomyStatus(
    [property: Id(0)] Timestamp ReportedAt,
    [property: Id(1)] string? Reader,
    [property: Id(2)] string? Source,
    [property: Id(3)] string? Problem,
    [property: Id(4)] Timestamp NoticeAt,
    [property: Id(5)] int RequestsOfDay,
    [property: Id(6)] int RequestsPerDayMax,
    [property: Id(7)] ImmutableArray<ReleaseStatus> Releases)
{
    /// <summary>A living source sends a notice every five minutes.</summary>
    private static readonly TimeSpan NoticeAgeMax = TimeSpan.FromMinutes(10);

    /// <summary>Whether the calendar was known a moment ago: its last notice is at most ten minutes old.</summary>
    public bool IsAlive(Timestamp now) => NoticeAt.IsKnown && now - NoticeAt <= NoticeAgeMax;

    /// <summary>No reader has reported.</summary>
    public static EconomyStatus None { get; } = new(Timestamp.Unknown, null, null, null, Timestamp.Unknown, 0, 0, []);
}
