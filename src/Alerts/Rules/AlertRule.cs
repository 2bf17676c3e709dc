using System.Collections.Immutable;

namespace BtcAgent.Alerts.Rules;

/// <summary>A rule; <c>docs/alerts.md</c> has a section with its name, which says what to do.</summary>
/// <param name="Name">Name of the rule and of its section.</param>
/// <param name="Meaning">One line on its meaning.</param>
/// <param name="Threshold">Name of its setting in <c>Alerts:Rules</c>; null when it has none.</param>
public sealed record AlertRule(string Name, string Meaning, string? Threshold)
{
    /// <summary>Rules whose critical alerts, with the same labels, make those of this rule redundant.</summary>
    public ImmutableArray<string> MutedBy { get; init; } = [];
}
