namespace BtcAgent.Research.Optimization.Pruning;

/// <summary>
/// Stops a trial whose folds so far are worse than the same folds of the best trial, by a one-sided signed-rank test. The level
/// is divided by the number of looks (Bonferroni), and the looks begin at the first fold count whose smallest possible
/// probability, 2⁻ⁿ, reaches the level that then remains: earlier ones could never stop a trial. Below five folds at the default
/// level there is no such look, and nothing is stopped. After Optuna's WilcoxonPruner, which lacks the correction.
/// </summary>
public sealed class FoldPruner
{
    private readonly double _levelOfLook;

    /// <param name="folds">Folds of a complete trial, 1 or more.</param>
    /// <param name="options">Level and first look.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public FoldPruner(int folds, PruningOptions options)
    {
        options.Check();
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 1);
        for (var first = options.FoldsMin; options.IsOn && first < folds; first++)
        {
            if (Math.Pow(2, -first) <= options.Level / (folds - first))
            {
                (FirstLook, _levelOfLook) = (first, options.Level / (folds - first));
                return;
            }
        }
    }

    /// <summary>Number of folds at the first look; null if the folds are too few to stop any trial.</summary>
    public int? FirstLook { get; }

    /// <param name="trial">Scores of the folds that ran, in any order.</param>
    /// <param name="best">Scores of the same folds of the best trial, in the same order.</param>
    /// <returns>True if the trial should be stopped. A trial whose mean is not below the best one's never is.</returns>
    public bool ShouldStop(ReadOnlySpan<double> trial, ReadOnlySpan<double> best)
    {
        if (FirstLook is not { } first || trial.Length < first)
        {
            return false;
        }

        var differences = new double[trial.Length];
        var sum = 0.0;
        for (var i = 0; i < differences.Length; i++)
        {
            differences[i] = trial[i] - best[i];
            sum += differences[i];
        }

        return sum < 0 && SignedRankTest.Below(differences) <= _levelOfLook;
    }
}
