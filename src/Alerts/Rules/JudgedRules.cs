using System.Collections.Immutable;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Alerts.Rules;

/// <summary>The result of an evaluation.</summary>
/// <param name="Conditions">The conditions found.</param>
/// <param name="Unknown">Rules that lack a figure.</param>
public sealed record JudgedRules(ImmutableArray<AlertCondition> Conditions, ImmutableArray<string> Unknown);
