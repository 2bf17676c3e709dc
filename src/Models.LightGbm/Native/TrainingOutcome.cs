using System.Collections.Immutable;

namespace BtcAgent.Models.LightGbm.Native;

/// <summary>Result of a training run.</summary>
/// <param name="ModelText">LightGBM's text, up to the best round.</param>
/// <param name="BestRound">Number of rounds kept, 1 or more.</param>
/// <param name="Metrics">The metric after each round, on the validation table if there is one, otherwise on the training
/// table.</param>
/// <param name="Gains">Total gain per feature.</param>
public sealed record TrainingOutcome(
    string ModelText, int BestRound, ImmutableArray<double> Metrics, ImmutableArray<double> Gains);
