using BtcAgent.Research.Tracks;

namespace BtcAgent.Research.Optimization.Selection;

/// <summary>The result of a search, for <see cref="SelectionGate"/>.</summary>
public sealed record SelectionEvidence
{
    /// <summary>
    /// Per complete trial its net returns in the test windows of all folds, in order of time; the same periods for each, at least
    /// one trial.
    /// </summary>
    public required IReadOnlyList<double[]> TrialReturns { get; init; }

    /// <summary>Index of the winner in <see cref="TrialReturns"/>.</summary>
    public required int Winner { get; init; }

    /// <summary>Score of the winner: mean annual Sharpe ratio of its folds.</summary>
    public required double WinnerScore { get; init; }

    /// <summary>Median score of the trials nearest to the winner.</summary>
    public required double PlateauScore { get; init; }

    /// <summary>Trials that were started, the pruned and failed ones included.</summary>
    public required int TrialsStarted { get; init; }

    /// <summary>Returns of buying and holding in the periods of <see cref="TrialReturns"/>.</summary>
    public required double[] BuyAndHold { get; init; }

    /// <summary>Period of all returns.</summary>
    public required ReturnPeriod Period { get; init; }

    /// <summary>The winner's result in the untouched window; null when the search has already failed without opening it.</summary>
    public required UntouchedWindow? Untouched { get; init; }
}
