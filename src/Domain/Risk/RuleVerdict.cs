namespace BtcAgent.Domain.Risk;

/// <summary>A rule's check, and the quantity that passes when it clips the order.</summary>
internal readonly record struct RuleVerdict(RiskCheck Check, Quantity? Clipped = null);
