using BtcAgent.Domain.Risk;

namespace BtcAgent.Client.Api;

/// <summary>One risk rule, as in <c>docs/risk.md</c>.</summary>
/// <param name="Code">As in the checks of a decision.</param>
/// <param name="Measure">What is checked, in words.</param>
/// <param name="Unit">Of value and limit.</param>
/// <param name="Limit">Name among a portfolio's limits; null when the limit is not a setting.</param>
/// <param name="Default">The limit by default: a number, "off", "venue" or "–".</param>
/// <param name="Exempts">What it does with an order that only makes the position smaller.</param>
/// <param name="Clips">Makes an order smaller where a smaller one would pass.</param>
/// <param name="ForStrategiesOnly">An operator's order is not asked.</param>
public sealed record RiskRuleView(
    string Code, string Measure, string Unit, string? Limit, string Default, RuleExemption Exempts, bool Clips, bool ForStrategiesOnly);
