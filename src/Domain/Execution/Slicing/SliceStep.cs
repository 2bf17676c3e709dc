using System.Collections.Immutable;

namespace BtcAgent.Domain.Execution.Slicing;

/// <summary>The state to keep, written before the actions are carried out.</summary>
[GenerateSerializer, Immutable, Alias("SliceStep")]
public sealed record SliceStep(
    [property: Id(0)] SliceState State, [property: Id(1)] ImmutableArray<SliceAction> Actions);
