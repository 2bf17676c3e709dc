using System.Collections.Immutable;

namespace BtcAgent.Domain.Alerts;

/// <summary>A condition over time, by name, severity and labels.</summary>
[GenerateSerializer, Immutable, Alias("Alert")]
public sealed record Alert
{
    /// <summary>Fingerprint of name, severity and labels; of a moment also of its time.</summary>
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required string Name { get; init; }

    [Id(2)] public required AlertSeverity Severity { get; init; }

    [Id(3)] public required ImmutableSortedDictionary<string, string> Labels { get; init; }

    [Id(4)] public required string Summary { get; init; }

    [Id(5)] public required string Detail { get; init; }

    /// <summary>Part of the agent that reports it, and alone resolves it.</summary>
    [Id(6)] public required string Source { get; init; }

    [Id(7)] public required AlertPhase Phase { get; init; }

    /// <summary>When the condition was first seen.</summary>
    [Id(8)] public required DateTimeOffset PendingSince { get; init; }

    /// <summary>When it began to fire; null while pending.</summary>
    [Id(9)] public DateTimeOffset? FiringSince { get; init; }

    /// <summary>When it ended; null until then.</summary>
    [Id(10)] public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>How long the condition must hold before it fires.</summary>
    [Id(11)] public TimeSpan For { get; init; }

    /// <summary>True for an event without duration, such as a start: notified once, never resolved.</summary>
    [Id(12)] public bool IsMoment { get; init; }

    /// <summary>True when the operator has set its rule to silent: listed, never notified.</summary>
    [Id(13)] public bool IsSilent { get; init; }

    /// <summary>Null unless an operator works on it.</summary>
    [Id(14)] public Acknowledgement? Acknowledged { get; init; }

    /// <summary>Number of escalation steps taken.</summary>
    [Id(15)] public int StepsTaken { get; init; }

    /// <summary>Name of the firing alert that makes this one redundant; null when none does.</summary>
    [Id(16)] public string? MutedBy { get; init; }

    public bool IsFiring => Phase == AlertPhase.Firing;
}
