namespace BtcAgent.Domain.Risk;

/// <summary>A rule's verdict with the measured value and its limit.</summary>
[GenerateSerializer, Immutable, Alias("RiskCheck")]
public readonly record struct RiskCheck(
    [property: Id(0)] string Code,
    [property: Id(1)] bool Passed,
    [property: Id(2)] decimal? Value,
    [property: Id(3)] decimal? Limit,
    [property: Id(4)] string? Detail = null);
