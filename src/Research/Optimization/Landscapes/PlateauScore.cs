using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Optimization.Studies;

namespace BtcAgent.Research.Optimization.Landscapes;

/// <summary>
/// How good the surroundings of a trial are: the median value of the complete trials nearest to it, without itself. A lonely peak
/// is more likely luck than a good place among good places.
/// </summary>
public static class PlateauScore
{
    /// <summary>Number of neighbours by default.</summary>
    public const int NeighboursDefault = 5;

    /// <param name="space">Space of the search.</param>
    /// <param name="trials">All trials of the search; only complete ones count.</param>
    /// <param name="trial">Trial to judge.</param>
    /// <param name="neighbours">Number of neighbours, 1 or more; equally near ones by number. Default 5.</param>
    /// <returns>The median; NaN if there are fewer neighbours.</returns>
    public static double Of(SearchSpace space, IReadOnlyList<Trial> trials, Trial trial, int neighbours = NeighboursDefault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(neighbours, 1);
        var values = trials
            .Where(other => other.State == TrialState.Complete && other.Number != trial.Number)
            .OrderBy(other => UnitDistance.Between(space, trial.Point, other.Point))
            .ThenBy(other => other.Number)
            .Take(neighbours)
            .Select(other => other.Value)
            .Order()
            .ToArray();
        return values.Length < neighbours ? double.NaN : (values[(neighbours - 1) / 2] + values[neighbours / 2]) / 2;
    }

    /// <summary>
    /// The complete trial with the greatest lesser of value and plateau score, of equal ones the first: a good trial among good
    /// ones. Null with fewer than <paramref name="neighbours"/> + 1 complete trials.
    /// </summary>
    public static Trial? BestOf(SearchSpace space, IReadOnlyList<Trial> trials, int neighbours = NeighboursDefault)
    {
        var scored = trials
            .Where(trial => trial.State == TrialState.Complete)
            .OrderBy(trial => trial.Number)
            .Select(trial => (Trial: trial, Score: Math.Min(trial.Value, Of(space, trials, trial, neighbours))))
            .Where(scored => !double.IsNaN(scored.Score))
            .ToList();
        return scored.Count == 0 ? null : scored.MaxBy(scored => scored.Score).Trial;
    }
}
