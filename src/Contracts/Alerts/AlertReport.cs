using System.Collections.Immutable;
using BtcAgent.Domain.Alerts;

namespace BtcAgent.Contracts.Alerts;

/// <summary>All conditions that one part of the agent finds now; its earlier ones that are missing here have ended.</summary>
/// <param name="Source">Name of the part.</param>
/// <param name="Conditions">The conditions.</param>
/// <param name="Unknown">Rules whose figures are missing at present: their alerts remain unchanged.</param>
[GenerateSerializer, Immutable, Alias("AlertReport")]
public sealed record AlertReport(
    [property: Id(0)] string Source,
    [property: Id(1)] ImmutableArray<AlertCondition> Conditions,
    [property: Id(2)] ImmutableArray<string> Unknown);
