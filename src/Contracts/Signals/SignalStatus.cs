using System.Collections.Immutable;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Contracts.Signals;

/// <summary>The models that a strategy serves, with counters since each was opened.</summary>
[GenerateSerializer, Immutable, Alias("SignalStatus")]
public sealed record SignalStatus
{
    [Id(0)] public required InstrumentId Instrument { get; init; }

    [Id(1)] public required string Strategy { get; init; }

    /// <summary>Version of the assignment served; 0 before the first.</summary>
    [Id(2)] public required long AssignmentVersion { get; init; }

    /// <summary>The trading rule or model; <see cref="AbsentModel.Name"/> while there is none.</summary>
    [Id(3)] public required ModelRun Champion { get; init; }

    [Id(4)] public required ImmutableArray<ModelRun> Shadows { get; init; }

    /// <summary>Models that the last assignment could not open.</summary>
    [Id(5)] public required ImmutableArray<RefusedModel> Refused { get; init; }

    /// <summary>Null for a strategy without a canary portfolio.</summary>
    [Id(6)] public CanaryStatus? Canary { get; init; }
}
