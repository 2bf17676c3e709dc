namespace BtcAgent.Domain.Risk;

/// <summary>A limit changed by an operator.</summary>
/// <param name="Name">Name of the member of <see cref="RiskLimits"/>.</param>
/// <param name="From">Value before the change; null for none.</param>
/// <param name="To">Value after the change.</param>
/// <param name="Operator">Name of the operator.</param>
/// <param name="Reason">The operator's reason.</param>
/// <param name="Time">Time of the change by our clock.</param>
[GenerateSerializer, Immutable, Alias("LimitChange")]
public sealed record LimitChange(
    [property: Id(0)] string Name,
    [property: Id(1)] decimal? From,
    [property: Id(2)] decimal To,
    [property: Id(3)] string Operator,
    [property: Id(4)] string Reason,
    [property: Id(5)] Timestamp Time);
