using System.Collections.Immutable;
using BtcAgent.Domain.Retraining;

namespace BtcAgent.Contracts.Retraining;

/// <summary>Training jobs, schedule and triggers.</summary>
/// <param name="IsEnabled">False when no trainer runs here: <see cref="Settings.RetrainingOptions.Enabled"/>.</param>
/// <param name="Jobs">Newest first.</param>
/// <param name="Strategies">The strategies whose model can be trained.</param>
[GenerateSerializer, Immutable, Alias("OptimizerStatus")]
public sealed record OptimizerStatus(
    [property: Id(0)] bool IsEnabled,
    [property: Id(1)] ImmutableArray<TrainingJob> Jobs,
    [property: Id(2)] ImmutableArray<StrategyRetraining> Strategies);
