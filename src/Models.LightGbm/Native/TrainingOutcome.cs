using System.Collections.Immutable;

namespace BtcAgent.Models.LightGbm.Native;

/// <summary>What a training gave.</summary>
/// <param name="ModelText">LightGBM's text, up to the best round.</param>
/// <param name="BestRound">Rounds kept, 1 or more.</param>
/// <param name="Metrics">The metric after each round: of the validation table, or of the training table without one.</param>
/// <param name="Gains">Total gain per feature.</param>
public sealed record TrainingOutcome(
    string ModelText, int BestRound, ImmutableArray<double> Metrics, ImmutableArray<double> Gains);
