using System.Collections.Immutable;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Contracts.Risk;

/// <summary>A portfolio's limits as they count now.</summary>
/// <param name="Values">By name; a limit that is not set is absent.</param>
/// <param name="HeldBack">Limits whose configured value is looser than before the last start, and does not count.</param>
/// <param name="Changes">An operator's, newest last.</param>
[GenerateSerializer, Immutable, Alias("LimitsInForce")]
public sealed record LimitsInForce(
    [property: Id(0)] ImmutableSortedDictionary<string, decimal> Values,
    [property: Id(1)] ImmutableArray<string> HeldBack,
    [property: Id(2)] ImmutableArray<LimitChange> Changes);
