using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Samplers;

/// <summary>
/// The best trials and all others, each in the order of their numbers. Complete trials come first by value, then pruned ones by
/// the number of their folds and their value; equal ones by number. Running and failed trials are never among the best.
/// </summary>
internal static class TrialSplit
{
    internal static (ParameterPoint[] Best, ParameterPoint[] Others) Of(IReadOnlyList<ObservedTrial> history, int best)
    {
        var chosen = Enumerable.Range(0, history.Count)
            .Where(i => history[i].State is TrialState.Complete or TrialState.Pruned)
            .OrderBy(i => history[i].State == TrialState.Complete ? 0 : 1)
            .ThenByDescending(i => history[i].State == TrialState.Complete ? 0 : history[i].Folds)
            .ThenByDescending(i => history[i].Value)
            .ThenBy(i => i)
            .Take(best)
            .ToHashSet();
        return (Points(history, chosen.Contains), Points(history, i => !chosen.Contains(i)));
    }

    private static ParameterPoint[] Points(IReadOnlyList<ObservedTrial> history, Predicate<int> isMember) =>
        [.. Enumerable.Range(0, history.Count).Where(i => isMember(i)).Select(i => history[i].Point)];
}
