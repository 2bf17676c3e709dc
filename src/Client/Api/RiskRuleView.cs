using BtcAgent.Domain.Risk;

namespace BtcAgent.Client.Api;

/// <summary>One risk rule, as in <c>docs/risk.md</c>.</summary>
/// <param name="Code">Code, as in the checks of a decision.</param>
/// <param name="Measure">Description of the check.</param>
/// <param name="Unit">Unit of value and limit.</param>
/// <param name="Limit">Name among a portfolio's limits; null when the limit is not a setting.</param>
/// <param name="Default">The limit by default: a number, "off", "venue" or "–".</param>
/// <param name="Exempts">Effect on an order that only reduces the position.</param>
/// <param name="Clips">True when it reduces an order to a quantity that passes.</param>
/// <param name="ForStrategiesOnly">True when it does not apply to an operator's order.</param>
public sealed record RiskRuleView(
    string Code, string Measure, string Unit, string? Limit, string Default, RuleExemption Exempts, bool Clips, bool ForStrategiesOnly);
