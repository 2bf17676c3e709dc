using System.Collections.Immutable;
using BtcAgent.Domain.Experiments;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Experiments;

/// <summary>
/// Key: <see cref="Key"/>, the only one. Keeps the experiments of all strategies. Calls no other grain: the silo with the lease
/// brings the days of the virtual accounts and carries the moves to the registry of models.
/// </summary>
[Alias("IExperimentsGrain")]
public interface IExperimentsGrain : IGrainWithStringKey
{
    const string Key = "experiments";

    [Alias("List"), AlwaysInterleave]
    Task<ImmutableArray<TrackedExperiment>> List();

    /// <summary>Begins a comparison, and stores it before it returns.</summary>
    [Alias("Begin")]
    Task<ExperimentAnswer> Begin(string strategy, string champion, string challenger, ExperimentPlan plan);

    /// <summary>Counts days and judges the current one, and stores what changed before it returns.</summary>
    [Alias("Observe")]
    Task<ExperimentAnswer> Observe(string id, ImmutableArray<ExperimentDay> days, StageHealth? health, Timestamp at);

    /// <summary>Records that a move was carried out, or the problem.</summary>
    [Alias("Applied")]
    Task<ExperimentAnswer> Applied(string id, int move, string? problem);

    /// <summary>A person confirms a promotion that waits for it.</summary>
    [Alias("Confirm")]
    Task<ExperimentAnswer> Confirm(string id, string person);

    /// <summary>A person ends an experiment; a challenger that has become champion is rolled back.</summary>
    [Alias("Stop")]
    Task<ExperimentAnswer> Stop(string id, string person, string reason);
}
