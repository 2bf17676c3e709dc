using System.Collections.Immutable;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Contracts.Risk;

/// <summary>A portfolio's current limits.</summary>
/// <param name="Values">Values by name; unset limits are absent.</param>
/// <param name="HeldBack">Limits whose configured value is ignored, because it is looser than before the last start.</param>
/// <param name="Changes">Changes by operators, newest last.</param>
[GenerateSerializer, Immutable, Alias("LimitsInForce")]
public sealed record LimitsInForce(
    [property: Id(0)] ImmutableSortedDictionary<string, decimal> Values,
    [property: Id(1)] ImmutableArray<string> HeldBack,
    [property: Id(2)] ImmutableArray<LimitChange> Changes);
