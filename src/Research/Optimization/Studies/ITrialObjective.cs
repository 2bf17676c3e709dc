using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>
/// The function that a search maximises, computed fold by fold. Implementations are thread-safe, and a result depends on the
/// arguments only: a resumed search computes lost folds again and expects the same bits.
/// </summary>
public interface ITrialObjective
{
    /// <summary>Number of folds of each trial, 1 or more.</summary>
    int Folds { get; }

    /// <param name="point">A point of the search space.</param>
    /// <param name="fold">0…<see cref="Folds"/> − 1, in any order.</param>
    /// <param name="seed">Seed of all randomness of this fold.</param>
    /// <param name="ct">Cancels the search; the fold is computed again when it resumes.</param>
    /// <returns>The fold's score. An exception other than a cancellation ends the search.</returns>
    FoldScore Evaluate(ParameterPoint point, int fold, ulong seed, CancellationToken ct);
}
