using System.Collections.Immutable;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>A finished trial.</summary>
public sealed class Trial
{
    /// <param name="number">0, 1, 2, … in the order of suggestion.</param>
    /// <param name="point">A point of the search space.</param>
    /// <param name="state">Complete, pruned or failed.</param>
    /// <param name="folds">Folds that ran, in any order.</param>
    public Trial(int number, ParameterPoint point, TrialState state, IEnumerable<TrialFold> folds)
    {
        (Number, Point, State) = (number, point, state);
        Folds = [.. folds.OrderBy(fold => fold.Fold)];
        Value = state is TrialState.Complete or TrialState.Pruned ? Folds.Average(fold => fold.Score) : double.NaN;
    }

    public int Number { get; }

    public ParameterPoint Point { get; }

    /// <summary>Complete, pruned or failed.</summary>
    public TrialState State { get; }

    /// <summary>Folds that ran, by fold; all of them for a complete trial.</summary>
    public ImmutableArray<TrialFold> Folds { get; }

    /// <summary>Mean score of the folds that ran; NaN for a failed trial.</summary>
    public double Value { get; }

    internal ObservedTrial Observed => new(Point, State, Value, Folds.Length);

    /// <summary>The complete trial with the highest value, of equal ones the first; null if none is complete.</summary>
    public static Trial? BestOf(IEnumerable<Trial> trials) =>
        trials.Where(trial => trial.State == TrialState.Complete).OrderBy(trial => trial.Number).MaxBy(trial => trial.Value);
}
