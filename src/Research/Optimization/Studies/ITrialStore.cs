using System.Collections.Immutable;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>Keeps the trials of one search. Thread-safe.</summary>
public interface ITrialStore
{
    /// <summary>Trials kept by earlier runs: 0, 1, 2, … without a hole.</summary>
    ImmutableArray<Trial> Trials { get; }

    /// <summary>One sentence for each repair at the opening.</summary>
    ImmutableArray<string> Warnings { get; }

    /// <summary>Checks that the stored trials belong to a search, and keeps its description if there are none.</summary>
    /// <exception cref="TrialStoreException">The store belongs to another search; the message names the difference.</exception>
    void Begin(StudyIdentity identity);

    /// <summary>Keeps a trial: it survives a crash once this returns.</summary>
    /// <param name="trial">Has the number after the last kept one.</param>
    void Append(Trial trial);

    /// <summary>Keeps a fold of a trial in flight.</summary>
    void Keep(int trial, TrialFold fold);

    /// <summary>A fold that an earlier run kept of a trial in flight; null if there is none.</summary>
    TrialFold? FoldOf(int trial, int fold);
}
