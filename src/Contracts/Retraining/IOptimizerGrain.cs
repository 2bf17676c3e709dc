using System.Collections.Immutable;
using BtcAgent.Domain.Retraining;
using Orleans.Concurrency;

namespace BtcAgent.Contracts.Retraining;

/// <summary>
/// Key: <see cref="Key"/>, the only one. Keeps the training jobs of all strategies, and decides when a strategy is trained again.
/// Calls no other grain; every change is stored before the answer.
/// </summary>
[Alias("IOptimizerGrain")]
public interface IOptimizerGrain : IGrainWithStringKey
{
    const string Key = "optimizer";

    /// <summary>Never waits for another request.</summary>
    [Alias("GetStatus"), AlwaysInterleave]
    Task<OptimizerStatus> GetStatus();

    /// <summary>An operator asks for a training by the settings. A repeat of the same command gives the same job.</summary>
    /// <param name="strategy">The strategy.</param>
    /// <param name="days">Days of market time to train on; null for the setting.</param>
    /// <param name="trials">Trials of a search; 0 trains the recipe, null is the setting.</param>
    /// <param name="operatorName">Name of the operator.</param>
    /// <param name="reason">The operator's reason.</param>
    [Alias("Run")]
    Task<JobAnswer> Run(string strategy, double? days, int? trials, string operatorName, string reason);

    /// <summary>Ends a job: a waiting one at once, a running one as soon as its trainer has ended.</summary>
    [Alias("Cancel")]
    Task<JobAnswer> Cancel(string jobId, string operatorName, string reason);

    /// <summary>A part of the agent asks for a training with its own data and parameters, such as that of the starter model.</summary>
    [Alias("Enqueue")]
    Task<JobAnswer> Enqueue(TrainingRequest request);

    /// <summary>Reports drift, decay or another finding. Refused while its trigger cools down.</summary>
    [Alias("Raise")]
    Task<JobAnswer> Raise(RetrainingAlarm alarm);

    /// <summary>Market time and model of each strategy: enqueues the trainings that are due.</summary>
    [Alias("Observe")]
    Task Observe(ImmutableArray<StrategyObservation> observations);

    /// <summary>The holder of the trainer's lease takes the next job; null when none waits.</summary>
    /// <param name="worker">The holder with its epoch.</param>
    [Alias("Take")]
    Task<TrainingJob?> Take(string worker);

    /// <summary>Progress of the running job, which is not stored. Refused when the job is no longer this worker's.</summary>
    /// <returns>The job; <see cref="TrainingJob.CancelledBy"/> says whether to end it.</returns>
    [Alias("Report")]
    Task<JobAnswer> Report(string jobId, string worker, TrainingProgress progress);

    /// <summary>The attempt has ended. A repeat after a lost answer is refused, and changes nothing.</summary>
    [Alias("Finish")]
    Task<JobAnswer> Finish(string jobId, string worker, TrainingOutcome outcome);

    /// <summary>The agent stops: the job waits for its next start, and the attempt does not count.</summary>
    [Alias("Release")]
    Task<JobAnswer> Release(string jobId, string worker, string reason);
}
