using BtcAgent.Research.Optimization.Pruning;
using BtcAgent.Research.Optimization.Samplers;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>
/// Runs the folds of one trial in an order shuffled by its seed, and stops early after a failed fold or when the pruner says so.
/// </summary>
internal sealed class TrialRunner(ITrialObjective objective, FoldPruner pruner, ITrialStore store)
{
    /// <param name="start">Trial to run.</param>
    /// <param name="ct">Cancels between and, if the objective supports it, within folds.</param>
    /// <exception cref="OperationCanceledException">The search was cancelled.</exception>
    internal Trial Run(TrialStart start, CancellationToken ct)
    {
        var random = new TrialRandom(start.Seed);
        var order = Enumerable.Range(0, objective.Folds).ToArray();
        random.Shuffle(order.AsSpan());
        var folds = new List<TrialFold>(order.Length);
        foreach (var fold in order)
        {
            ct.ThrowIfCancellationRequested();
            var scored = store.FoldOf(start.Number, fold) ?? Evaluate(start, fold, ct);
            folds.Add(scored);
            if (double.IsNaN(scored.Score))
            {
                return new Trial(start.Number, start.Point, TrialState.Failed, folds);
            }

            if (folds.Count < order.Length && IsWorse(folds, start.Best))
            {
                return new Trial(start.Number, start.Point, TrialState.Pruned, folds);
            }
        }

        return new Trial(start.Number, start.Point, TrialState.Complete, folds);
    }

    private TrialFold Evaluate(TrialStart start, int fold, CancellationToken ct)
    {
        var result = objective.Evaluate(start.Point, fold, TrialRandom.Derive(start.Seed, (ulong)fold), ct);
        var scored = new TrialFold(
            fold, double.IsFinite(result.Score) ? result.Score : double.NaN, result.Returns.IsDefault ? [] : result.Returns);
        store.Keep(start.Number, scored);
        return scored;
    }

    private bool IsWorse(List<TrialFold> folds, Trial? best) => best is not null && pruner.ShouldStop(
        [.. folds.Select(fold => fold.Score)], [.. folds.Select(fold => best.Folds[fold.Fold].Score)]);
}
