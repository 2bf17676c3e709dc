using BtcAgent.Contracts.Retraining;
using BtcAgent.Domain.Retraining;

namespace BtcAgent.Silo.Training;

/// <summary>Reports an attempt at a job to the optimizer, and learns whether it is to end: it was cancelled, or another worker has the job.</summary>
/// <param name="optimizer">The optimizer.</param>
/// <param name="jobId">The job.</param>
/// <param name="worker">Who works on it.</param>
/// <param name="logger">Receives reports that got no answer.</param>
internal sealed partial class AttemptReport(IOptimizerGrain optimizer, string jobId, string worker, ILogger logger)
{
    /// <summary>Why the attempt is to end, from the first answer on that says so; null while it may continue.</summary>
    public string? Reason { get; private set; }

    /// <summary>A report without an answer, as while a silo dies, ends nothing: the lease does, when it is not renewed.</summary>
    /// <returns>Whether the attempt is to end.</returns>
    public async Task<bool> SendAsync(TrainingProgress progress)
    {
        try
        {
            var answer = await optimizer.Report(jobId, worker, progress);
            Reason ??= answer.Refusal ?? answer.Job?.CancelledBy;
        }
        catch (Exception e) when (e is TimeoutException or OrleansException or IOException)
        {
            LogNoAnswer(logger, jobId, e.Message);
        }

        return Reason is not null;
    }

    [LoggerMessage(EventId = 1250, Level = LogLevel.Warning, Message = "Progress of training {Job} was not reported: {Reason}")]
    private static partial void LogNoAnswer(ILogger logger, string job, string reason);
}
