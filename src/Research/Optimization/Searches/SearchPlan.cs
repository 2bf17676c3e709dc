using System.ComponentModel.DataAnnotations;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Research.Optimization.Selection;
using BtcAgent.Research.Optimization.Spaces;
using BtcAgent.Research.Optimization.Studies;

namespace BtcAgent.Research.Optimization.Searches;

/// <summary>Everything that a search for a model is run with, besides its data.</summary>
public sealed record SearchPlan
{
    /// <summary>Parameters to search. Default <see cref="ForestSpace.Default"/>.</summary>
    public SearchSpace Space { get; init; } = ForestSpace.Default;

    /// <summary>Values of parameters that are not searched, folds, costs and embargo.</summary>
    public required ForestSettings Defaults { get; init; }

    /// <summary>Seed, jobs and budgets. Default 100 trials.</summary>
    public StudyOptions Study { get; init; } = new();

    /// <summary>Thresholds of the selection.</summary>
    public SelectionLimits Limits { get; init; } = new();

    /// <summary>Last part of the time, which judges the winner once and which the search never sees. Default 0.2.</summary>
    [Range(0.05, 0.8)]
    public double UntouchedShare { get; init; } = 0.2;

    /// <exception cref="ArgumentException">A value is out of its range, or the space has a parameter that a training lacks.</exception>
    public void Check()
    {
        ForestSettings.Check(Space);
        Defaults.Plan.Check();
        Limits.Check();
        Study.Check();
        if (UntouchedShare is < 0.05 or > 0.8)
        {
            throw new ArgumentException(FormattableString.Invariant($"the untouched window must be 0.05 to 0.8 of the time, not {UntouchedShare}"));
        }
    }
}
