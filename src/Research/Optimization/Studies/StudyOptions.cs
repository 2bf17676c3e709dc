using System.ComponentModel.DataAnnotations;
using BtcAgent.Research.Optimization.Pruning;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>Settings of a search. Seed, lag and pruning decide its trials; jobs and budgets decide how far and how fast it runs.</summary>
public sealed record StudyOptions
{
    /// <summary>Longest budget of time, in days.</summary>
    private const int TimeMaxDays = 365;

    /// <summary>
    /// One line that names the objective and its data, by a hash for example. A search is resumed with the same line only.
    /// Default empty.
    /// </summary>
    public string Objective { get; init; } = "";

    /// <summary>Seed of the whole search. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Trial n is suggested from the trials up to n − lag, with any number of jobs; so at most this many run at a time. 1 uses
    /// every earlier trial and runs one at a time. Default 4.
    /// </summary>
    [Range(1, 1_000)]
    public int Lag { get; init; } = 4;

    /// <summary>Threads, each of which runs one trial at a time; above the lag they are capped. Default 1.</summary>
    [Range(1, 1_000)]
    public int Jobs { get; init; } = 1;

    /// <summary>Trials of the search, those of the store included. Default 100; null runs until the time is over.</summary>
    [Range(1, 1_000_000)]
    public int? Trials { get; init; } = 100;

    /// <summary>
    /// Time after which no trial starts, from the start of this run; those in flight finish. How many trials that makes does not
    /// repeat. Default null for no limit.
    /// </summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Stops trials that are worse than the best one. Default on, at level 0.1.</summary>
    public PruningOptions Pruning { get; init; } = new();

    /// <exception cref="ArgumentException">An option is out of its range; the message says which.</exception>
    public void Check()
    {
        Pruning.Check();
        if (Trials is null && Time is null)
        {
            throw new ArgumentException("a search needs a budget: give a number of trials, a time, or both");
        }

        if (Time is { } time && (time <= TimeSpan.Zero || time > TimeSpan.FromDays(TimeMaxDays)))
        {
            throw new ArgumentException($"the time of a search must be above 0 and at most {TimeMaxDays} days, not {time}");
        }

        DeclaredRanges.Check(this);
    }
}
