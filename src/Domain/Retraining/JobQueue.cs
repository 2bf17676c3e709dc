using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace BtcAgent.Domain.Retraining;

/// <summary>
/// The training jobs of an agent. Invariants:
/// <list type="number">
/// <item>At most one job runs.</item>
/// <item>At most one job of a strategy waits for its first attempt, so no trigger floods the queue.</item>
/// <item>Of the strategies with a waiting job, the one that started least recently is next: between two starts of a strategy every
/// other one that waits starts. An interrupted job is continued first.</item>
/// <item>A job that has ended never changes.</item>
/// <item>A job has at most the permitted number of attempts, and then fails.</item>
/// <item>At most <see cref="EndedKeptMax"/> ended jobs are kept.</item>
/// </list>
/// Immutable; a change returns a new queue.
/// </summary>
[GenerateSerializer, Immutable, Alias("JobQueue")]
public sealed record JobQueue
{
    /// <summary>Ended jobs kept, newest.</summary>
    public const int EndedKeptMax = 100;

    public static JobQueue Empty { get; } = new();

    /// <summary>Jobs created so far.</summary>
    [Id(0)] public long Created { get; init; }

    /// <summary>Attempts begun so far.</summary>
    [Id(1)] public long Started { get; init; }

    /// <summary>In order of creation.</summary>
    [Id(2)] public ImmutableArray<TrainingJob> Jobs { get; init; } = [];

    /// <summary>The number of each strategy's last attempt.</summary>
    [Id(3)]
    public ImmutableSortedDictionary<string, long> LastStart { get; init; } =
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    [JsonIgnore]
    public TrainingJob? Running => Jobs.FirstOrDefault(job => job.State == TrainingJobState.Running);

    public TrainingJob? Find(string id) => Jobs.FirstOrDefault(job => job.Id == id);

    /// <summary>The job that the next free trainer gets; null when none waits.</summary>
    [JsonIgnore]
    public TrainingJob? Next => Jobs.Where(job => job.Waits)
        .OrderBy(job => job.State == TrainingJobState.Interrupted ? 0 : 1)
        .ThenBy(job => LastStart.GetValueOrDefault(job.Strategy))
        .FirstOrDefault();

    /// <summary>Adds a job. An operator's job replaces an automatic one that waits.</summary>
    /// <param name="request">The wish.</param>
    /// <param name="now">Our clock.</param>
    public JobChange Enqueue(TrainingRequest request, Timestamp now)
    {
        var waiting = Jobs.FirstOrDefault(job => job.State == TrainingJobState.Queued && job.Strategy == request.Strategy);
        if (waiting is not null && (request.IsAutomatic || !waiting.Request.IsAutomatic))
        {
            return new JobChange(this, waiting, $"job {waiting.Id} of strategy '{request.Strategy}' waits already: cancel it first to train otherwise");
        }

        var begun = Jobs.FirstOrDefault(job => job.State is TrainingJobState.Running or TrainingJobState.Interrupted && job.Strategy == request.Strategy);
        if (request.IsAutomatic && begun is not null)
        {
            return new JobChange(this, begun, $"job {begun.Id} of strategy '{request.Strategy}' has begun already");
        }

        var queue = waiting is null ? this : End(waiting, new(TrainingJobState.Cancelled, $"replaced by a job of {request.By}"), now);
        var added = new TrainingJob
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"train-{Created + 1}"),
            Request = request,
            State = TrainingJobState.Queued,
            QueuedAt = now,
        };
        return new JobChange(queue with { Created = Created + 1, Jobs = queue.Jobs.Add(added) }, added, null);
    }

    /// <summary>
    /// Gives the next job to a trainer. A job that another trainer was working on is taken from it: the lease is the new one's.
    /// A worker that slept through the loss of its lease gets nothing.
    /// </summary>
    /// <param name="worker">Who asks: a name and the epoch of its lease, such as <c>node/7</c>.</param>
    /// <param name="attemptsMax">Permitted attempts of a job, at least 1.</param>
    /// <param name="now">Our clock.</param>
    public JobChange Take(string worker, int attemptsMax, Timestamp now)
    {
        var queue = this;
        if (Running is { } orphan)
        {
            if (EpochOf(orphan.Worker) > EpochOf(worker))
            {
                return new JobChange(this, null, $"job {orphan.Id} is {orphan.Worker}'s, whose lease is later than that of {worker}");
            }

            queue = Finish(orphan, new(TrainingJobState.Interrupted, $"{orphan.Worker} no longer works on it"), attemptsMax, now);
        }

        if (queue.Next is not { } next)
        {
            return new JobChange(queue, null, null);
        }

        var taken = next with
        {
            State = TrainingJobState.Running,
            Worker = worker,
            StartedAt = now,
            Attempts = next.Attempts + 1,
            Progress = null,
        };
        queue = queue with
        {
            Started = Started + 1,
            Jobs = queue.Jobs.Replace(next, taken),
            LastStart = queue.LastStart.SetItem(next.Strategy, Started + 1),
        };
        return new JobChange(queue, taken, null);
    }

    /// <summary>Records the progress of a running job; does nothing for another worker's.</summary>
    public JobChange Report(string id, string worker, TrainingProgress progress) => Held(id, worker) is { } job
        ? Replaced(job, job with { Progress = progress })
        : NotHeld(id, worker);

    /// <summary>Ends an attempt.</summary>
    /// <param name="id">The job.</param>
    /// <param name="worker">Who worked on it.</param>
    /// <param name="outcome">The result; an interrupted job waits for another attempt, or fails after the last one.</param>
    /// <param name="attemptsMax">Permitted attempts of a job.</param>
    /// <param name="now">Our clock.</param>
    public JobChange Finish(string id, string worker, TrainingOutcome outcome, int attemptsMax, Timestamp now)
    {
        if (Held(id, worker) is not { } job)
        {
            return NotHeld(id, worker);
        }

        var queue = Finish(job, outcome, attemptsMax, now);
        return new JobChange(queue, queue.Find(id), null);
    }

    /// <summary>The agent stops: the job waits for the next start, and the attempt does not count.</summary>
    public JobChange Release(string id, string worker, string reason)
    {
        if (Held(id, worker) is not { } job)
        {
            return NotHeld(id, worker);
        }

        return Replaced(job, job with
        {
            State = TrainingJobState.Interrupted,
            Worker = null,
            Attempts = job.Attempts - 1,
            Outcome = new(TrainingJobState.Interrupted, reason),
        });
    }

    /// <summary>Ends a waiting job; of a running one the trainer is asked to end it.</summary>
    public JobChange Cancel(string id, string by, string reason, Timestamp now)
    {
        if (Find(id) is not { } job)
        {
            return new JobChange(this, null, $"there is no job '{id}'");
        }

        var why = $"cancelled by {by}: {reason}";
        if (job.State == TrainingJobState.Running)
        {
            return job.CancelledBy is null ? Replaced(job, job with { CancelledBy = why }) : new JobChange(this, job, null);
        }

        if (job.HasEnded)
        {
            return new JobChange(this, job, $"job {id} has ended: {End(job.State)}");
        }

        var queue = End(job, new(TrainingJobState.Cancelled, why, Data: job.Outcome?.Data), now);
        return new JobChange(queue, queue.Find(id), null);
    }

    /// <summary>−1 for a name without an epoch.</summary>
    private static long EpochOf(string? worker) =>
        worker?.LastIndexOf('/') is >= 0 and var slash && long.TryParse(worker.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
            ? epoch
            : -1;

    private static string End(TrainingJobState state) => state switch
    {
        TrainingJobState.Succeeded => "it succeeded",
        TrainingJobState.Failed => "it failed",
        TrainingJobState.NothingFound => "it found nothing",
        _ => "it was cancelled",
    };

    private TrainingJob? Held(string id, string worker) =>
        Find(id) is { State: TrainingJobState.Running } job && job.Worker == worker ? job : null;

    private JobChange NotHeld(string id, string worker) => new(this, Find(id), $"job {id} is not {worker}'s");

    private JobChange Replaced(TrainingJob before, TrainingJob after) => new(this with { Jobs = Jobs.Replace(before, after) }, after, null);

    private JobQueue Finish(TrainingJob job, TrainingOutcome outcome, int attemptsMax, Timestamp now) => outcome.State switch
    {
        TrainingJobState.Interrupted when job.CancelledBy is { } why => End(job, outcome with { State = TrainingJobState.Cancelled, Reason = why }, now),
        TrainingJobState.Interrupted when job.Attempts < attemptsMax => this with
        {
            Jobs = Jobs.Replace(job, job with { State = TrainingJobState.Interrupted, Worker = null, Outcome = outcome }),
        },
        TrainingJobState.Interrupted => End(
            job, outcome with { State = TrainingJobState.Failed, Reason = $"interrupted {job.Attempts} times, last because {outcome.Reason}" }, now),
        TrainingJobState.Queued or TrainingJobState.Running => throw new ArgumentException($"{outcome.State} does not end an attempt", nameof(outcome)),
        _ => End(job, outcome, now),
    };

    private JobQueue End(TrainingJob job, TrainingOutcome outcome, Timestamp now)
    {
        var jobs = Jobs.Replace(job, job with { State = outcome.State, Worker = null, Outcome = outcome, EndedAt = now, Progress = null });
        var surplus = jobs.Count(other => other.HasEnded) - EndedKeptMax;
        return this with { Jobs = surplus > 0 ? jobs.RemoveRange(jobs.Where(other => other.HasEnded).Take(surplus)) : jobs };
    }
}
