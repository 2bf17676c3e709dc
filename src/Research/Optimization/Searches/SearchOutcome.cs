using System.Collections.Immutable;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Research.Optimization.Selection;
using BtcAgent.Research.Optimization.Studies;

namespace BtcAgent.Research.Optimization.Searches;

/// <summary>Result of a search for a model.</summary>
public sealed record SearchOutcome
{
    /// <summary>16 hexadecimal digits of the search's identity: space, data, settings, seed and sampler.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of all data.</summary>
    public required string DataHash { get; init; }

    public required StudyResult Study { get; init; }

    public required SearchWindows Windows { get; init; }

    /// <summary>First and last time of each fold's test window.</summary>
    public required ImmutableArray<(Timestamp From, Timestamp To)> TestWindows { get; init; }

    /// <summary>Plateau score by the trial's number; NaN for a trial that is not complete.</summary>
    public required ImmutableArray<double> Plateau { get; init; }

    /// <summary>The winner; null when no trial is complete.</summary>
    public Trial? Winner { get; init; }

    /// <summary>The evidence on the winner; null when there is none.</summary>
    public SelectionEvidence? Evidence { get; init; }

    /// <summary>The decision on the winner; null when there is none.</summary>
    public SelectionOutcome? Selection { get; init; }

    /// <summary>The winner's run in the untouched window; null when it was not opened.</summary>
    public BacktestResult? Untouched { get; init; }

    /// <summary>True if a model may be written.</summary>
    public bool Passes => Selection?.Passes == true;

    /// <summary>The decision in words.</summary>
    public string Headline => Selection?.Headline
        ?? "No model is written. No trial is complete: give more trials, more bars, or a space with shorter horizons.";
}
