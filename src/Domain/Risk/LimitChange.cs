namespace BtcAgent.Domain.Risk;

/// <summary>One limit, changed by an operator.</summary>
/// <param name="Name">As in <see cref="RiskLimits"/>.</param>
/// <param name="From">In force before; null for none.</param>
/// <param name="To">In force since.</param>
/// <param name="Operator">Who.</param>
/// <param name="Reason">Why.</param>
/// <param name="Time">When, by our clock.</param>
[GenerateSerializer, Immutable, Alias("LimitChange")]
public sealed record LimitChange(
    [property: Id(0)] string Name,
    [property: Id(1)] decimal? From,
    [property: Id(2)] decimal To,
    [property: Id(3)] string Operator,
    [property: Id(4)] string Reason,
    [property: Id(5)] Timestamp Time);
