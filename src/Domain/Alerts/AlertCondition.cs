using System.Collections.Immutable;

namespace BtcAgent.Domain.Alerts;

/// <summary>A condition that a rule finds now.</summary>
/// <param name="Name">Name of the rule, such as <c>FeedDead</c>.</param>
/// <param name="Severity">Urgency.</param>
/// <param name="Labels">Subject: <c>portfolio</c>, <c>instrument</c>, …; part of the alert's identity.</param>
/// <param name="Summary">One line for a phone.</param>
/// <param name="Detail">Figures and reasons.</param>
/// <param name="For">How long it must hold before it fires.</param>
[GenerateSerializer, Immutable, Alias("AlertCondition")]
public sealed record AlertCondition(
    [property: Id(0)] string Name,
    [property: Id(1)] AlertSeverity Severity,
    [property: Id(2)] ImmutableSortedDictionary<string, string> Labels,
    [property: Id(3)] string Summary,
    [property: Id(4)] string Detail,
    [property: Id(5)] TimeSpan For);
