namespace BtcAgent.Domain.Models;

/// <summary>One rule of a verdict with its measurement.</summary>
/// <param name="Code">Name of the rule, such as <c>DEFLATED_SHARPE</c>.</param>
/// <param name="Holds">True if the measurement meets the rule.</param>
/// <param name="Value">Measured value; null where it is undefined.</param>
/// <param name="Required">The limit that it is compared with; null where there is none.</param>
/// <param name="Text">The same in one sentence.</param>
[GenerateSerializer, Immutable, Alias("VerdictReason")]
public sealed record VerdictReason(
    [property: Id(0)] string Code,
    [property: Id(1)] bool Holds,
    [property: Id(2)] double? Value,
    [property: Id(3)] double? Required,
    [property: Id(4)] string Text);
