using BtcAgent.Domain.Retraining;
using CsCheck;

namespace BtcAgent.Domain.Tests.Retraining;

public sealed class JobQueueTests
{
    private const int AttemptsMax = 3;
    private const string Worker = "silo/1";

    private static readonly Timestamp Now = Jobs.Start;
    private static readonly TrainingOutcome Killed = new(TrainingJobState.Interrupted, "the trainer was killed");
    private static readonly TrainingOutcome Trained = new(TrainingJobState.Succeeded, "survives", "forest-1");

    /// <summary>Invariants 1, 2, 4, 5 and 6 over random sequences of requests.</summary>
    [Fact]
    public void Changes_AnySequence_KeepTheInvariants() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 3]).Array[0, 400].Sample(steps =>
        {
            var queue = JobQueue.Empty;
            var ended = new Dictionary<string, TrainingJob>();
            foreach (var (kind, strategy) in steps)
            {
                queue = Step(queue, kind, $"s{strategy}");
                Assert.True(queue.Jobs.Count(job => job.State == TrainingJobState.Running) <= 1);
                Assert.All(queue.Jobs.Where(job => job.State == TrainingJobState.Queued).GroupBy(job => job.Strategy), waiting => Assert.Single(waiting));
                Assert.All(queue.Jobs, job => Assert.True(job.Attempts <= AttemptsMax));
                Assert.True(queue.Jobs.Count(job => job.HasEnded) <= JobQueue.EndedKeptMax);
                foreach (var job in queue.Jobs.Where(job => job.HasEnded))
                {
                    Assert.Equal(ended.TryAdd(job.Id, job) ? job : ended[job.Id], job);
                }
            }
        });

    /// <summary>Invariant 3: FreqAI's queue let one pair starve the others.</summary>
    [Fact]
    public void Take_OneStrategyAsksAllTheTime_StarvesNobody() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2]).Array[1, 200].Sample(steps =>
        {
            var queue = JobQueue.Empty;
            var waited = new Dictionary<string, int>();
            foreach (var (strategy, outcome) in steps)
            {
                queue = queue.Enqueue(Jobs.Of("greedy", TrainingTrigger.Operator), Now).Queue;
                queue = queue.Enqueue(Jobs.Of($"s{strategy}"), Now).Queue;
                var taken = queue.Take(Worker, AttemptsMax, Now);
                queue = taken.Queue.Finish(taken.Job!.Id, Worker, outcome == 0 ? Killed : Trained, AttemptsMax, Now).Queue;
                waited[taken.Job.Strategy] = 0;
                foreach (var waiting in queue.Jobs.Where(job => job.Waits).Select(job => job.Strategy))
                {
                    // Each of five strategies starts once, with at most three attempts of one job in a row.
                    waited[waiting] = waited.GetValueOrDefault(waiting) + 1;
                    Assert.True(waited[waiting] <= 5 * AttemptsMax, $"{waiting} waits {waited[waiting]} starts");
                }
            }
        });

    [Fact]
    public void Take_TwoStrategies_Alternate()
    {
        var queue = JobQueue.Empty;
        List<string> order = [];
        for (var i = 0; i < 6; i++)
        {
            queue = queue.Enqueue(Jobs.Of("a", TrainingTrigger.Operator), Now).Queue.Enqueue(Jobs.Of("b", TrainingTrigger.Operator), Now).Queue;
            var taken = queue.Take(Worker, AttemptsMax, Now);
            order.Add(taken.Job!.Strategy);
            queue = taken.Queue.Finish(taken.Job.Id, Worker, Trained, AttemptsMax, Now).Queue;
        }

        Assert.Equal(["a", "b", "a", "b", "a", "b"], order);
    }

    [Fact]
    public void Finish_Interrupted_IsTriedAgainAndFailsAfterTheLastAttempt()
    {
        var queue = JobQueue.Empty.Enqueue(Jobs.Of("a"), Now).Queue;
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var taken = queue.Take(Worker, AttemptsMax, Now);
            Assert.Equal(attempt, taken.Job!.Attempts);
            queue = taken.Queue.Finish("train-1", Worker, Killed, AttemptsMax, Now).Queue;
        }

        var job = queue.Find("train-1")!;
        Assert.Equal((TrainingJobState.Failed, "interrupted 3 times, last because the trainer was killed"), (job.State, job.Outcome!.Reason));
        Assert.Null(queue.Take(Worker, AttemptsMax, Now).Job);
    }

    [Fact]
    public void Take_AnotherWorkerWasRunning_ContinuesItsJobAndRefusesItsAnswer()
    {
        var first = JobQueue.Empty.Enqueue(Jobs.Of("a"), Now).Queue.Take(Worker, AttemptsMax, Now);

        var second = first.Queue.Take("silo/2", AttemptsMax, Now);

        Assert.Equal(("train-1", 2, "silo/2"), (second.Job!.Id, second.Job.Attempts, second.Job.Worker));
        var late = second.Queue.Finish("train-1", Worker, Trained, AttemptsMax, Now);
        Assert.Same(second.Queue, late.Queue);
        Assert.Equal("job train-1 is not silo/1's", late.Refusal);
        Assert.NotNull(second.Queue.Report("train-1", Worker, new TrainingProgress("fold", 0.1)).Refusal);
    }

    /// <summary>A process that slept through the loss of its lease does not take the job from its successor, however often it asks.</summary>
    [Fact]
    public void Take_EarlierLeaseThanTheRunningJobs_ChangesNothing()
    {
        var queue = JobQueue.Empty.Enqueue(Jobs.Of("a"), Now).Queue.Take("one/9", 1, Now).Queue;

        var late = queue.Take("two/8", 1, Now);

        Assert.Null(late.Job);
        Assert.Same(queue, late.Queue);
        Assert.Equal("job train-1 is one/9's, whose lease is later than that of two/8", late.Refusal);
        Assert.Equal(TrainingJobState.Failed, queue.Take("two/10", 1, Now).Queue.Find("train-1")!.State);
    }

    [Fact]
    public void Enqueue_OperatorOverWaitingAutomatic_ReplacesIt()
    {
        var queue = JobQueue.Empty.Enqueue(Jobs.Of("a"), Now).Queue;

        var change = queue.Enqueue(Jobs.Of("a", TrainingTrigger.Operator), Now);

        Assert.Equal("train-2", change.Job!.Id);
        Assert.Equal(TrainingJobState.Cancelled, change.Queue.Find("train-1")!.State);
        Assert.NotNull(change.Queue.Enqueue(Jobs.Of("a"), Now).Refusal);
        Assert.NotNull(change.Queue.Enqueue(Jobs.Of("a", TrainingTrigger.Operator), Now).Refusal);
    }

    [Fact]
    public void Enqueue_AutomaticWhileTheStrategyTrains_IsRefused()
    {
        var queue = JobQueue.Empty.Enqueue(Jobs.Of("a"), Now).Queue.Take(Worker, AttemptsMax, Now).Queue;

        Assert.Equal("job train-1 of strategy 'a' has begun already", queue.Enqueue(Jobs.Of("a"), Now).Refusal);
        Assert.Null(queue.Enqueue(Jobs.Of("b"), Now).Refusal);
        Assert.Null(queue.Enqueue(Jobs.Of("a", TrainingTrigger.Operator), Now).Refusal);
    }

    [Fact]
    public void Cancel_Running_EndsWhenTheTrainerHasEnded()
    {
        var queue = JobQueue.Empty.Enqueue(Jobs.Of("a"), Now).Queue.Take(Worker, AttemptsMax, Now).Queue;

        var asked = queue.Cancel("train-1", "ada", "wrong data", Now);
        Assert.Equal((TrainingJobState.Running, "cancelled by ada: wrong data"), (asked.Job!.State, asked.Job.CancelledBy));

        // Even when the trainer had to be killed: a cancelled job is not tried again.
        var ended = asked.Queue.Finish("train-1", Worker, Killed, AttemptsMax, Now).Job!;
        Assert.Equal((TrainingJobState.Cancelled, "cancelled by ada: wrong data"), (ended.State, ended.Outcome!.Reason));
    }

    [Fact]
    public void Release_AgentStops_DoesNotCountTheAttempt()
    {
        var queue = JobQueue.Empty.Enqueue(Jobs.Of("a"), Now).Queue;
        for (var stop = 0; stop < 3 * AttemptsMax; stop++)
        {
            queue = queue.Take(Worker, AttemptsMax, Now).Queue.Release("train-1", Worker, "the agent stopped").Queue;
        }

        Assert.Equal((TrainingJobState.Interrupted, 0), (queue.Find("train-1")!.State, queue.Find("train-1")!.Attempts));
    }

    [Fact]
    public void Cancel_UnknownOrEnded_IsRefused()
    {
        var queue = JobQueue.Empty.Enqueue(Jobs.Of("a"), Now).Queue;
        var cancelled = queue.Cancel("train-1", "ada", "a test", Now);

        Assert.Equal(TrainingJobState.Cancelled, cancelled.Job!.State);
        Assert.Equal("job train-1 has ended: it was cancelled", cancelled.Queue.Cancel("train-1", "ada", "again", Now).Refusal);
        Assert.Equal("there is no job 'train-7'", queue.Cancel("train-7", "ada", "a test", Now).Refusal);
    }

    private static JobQueue Step(JobQueue queue, int kind, string strategy) => kind switch
    {
        0 => queue.Enqueue(Jobs.Of(strategy), Now).Queue,
        1 => queue.Enqueue(Jobs.Of(strategy, TrainingTrigger.Operator), Now).Queue,
        2 => queue.Take(strategy, AttemptsMax, Now).Queue,
        3 => queue.Finish(queue.Running?.Id ?? "none", strategy, Killed, AttemptsMax, Now).Queue,
        4 => queue.Finish(queue.Running?.Id ?? "none", strategy, Trained, AttemptsMax, Now).Queue,
        5 => queue.Cancel(queue.Jobs.LastOrDefault()?.Id ?? "none", "ada", "a test", Now).Queue,
        _ => queue.Report(queue.Running?.Id ?? "none", strategy, new TrainingProgress("fold 1", 0.5)).Queue,
    };
}
