using System.Collections.Immutable;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>A fold of a trial that ran.</summary>
/// <param name="Fold">0…folds − 1.</param>
/// <param name="Score">Maximised; NaN if the fold failed.</param>
/// <param name="Returns">Returns per period of the fold's test window; may be empty.</param>
public sealed record TrialFold(int Fold, double Score, ImmutableArray<double> Returns);
