namespace BtcAgent.Domain.Instruments;

/// <summary>A broken rule, with the numbers and the remedy.</summary>
[GenerateSerializer, Immutable, Alias("TradingRuleViolation")]
public readonly record struct TradingRuleViolation([property: Id(0)] TradingRule Rule, [property: Id(1)] string Detail)
{
    public override string ToString() => $"{Rule}: {Detail}";
}
