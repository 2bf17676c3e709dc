using System.Collections.Immutable;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Contracts.Retraining;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Idempotency;
using BtcAgent.Domain.Retraining;
using BtcAgent.Grains.Measurement;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Retraining;

/// <summary>
/// Keeps a <see cref="JobQueue"/>, the schedule and the triggers. One for all strategies
/// (<c>docs/decisions/0018-one-optimizer-for-all-strategies.md</c>).
/// </summary>
internal sealed partial class OptimizerGrain(
    [PersistentState(GrainStateNames.Optimizer, GrainStateNames.Provider)] IPersistentState<OptimizerGrainState> state,
    IOptions<AgentOptions> agent,
    IOptions<RetrainingOptions> options,
    IFactPublisher facts,
    TimeProvider time,
    ILogger<OptimizerGrain> logger) : Grain, IOptimizerGrain
{
    private const string Self = "agent";

    private readonly TrainingRequests _requests = new(agent.Value, options.Value);
    private readonly RetrainingSchedule _schedule = options.Value.Schedule();
    private ImmutableDictionary<string, StrategyObservation> _seen = ImmutableDictionary<string, StrategyObservation>.Empty;

    /// <summary>The stored jobs with the progress of the running one: interleaving calls see no change that could still be lost.</summary>
    private JobQueue Queue { get; set; } = JobQueue.Empty;

    private TimeSpan CoolDown => TimeSpan.FromHours(options.Value.CoolDownHours);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Queue = state.State.Queue;
        return Task.CompletedTask;
    }

    public Task<OptimizerStatus> GetStatus() => Task.FromResult(new OptimizerStatus(
        options.Value.Enabled, [.. Queue.Jobs.Reverse()], [.. _requests.Trained.Select(strategy => StatusOf(strategy.Name))]));

    public async Task<JobAnswer> Run(string strategy, double? days, int? trials, string operatorName, string reason)
    {
        var operation = CommandOperation.Current;
        return state.State.Operations.Find(operation) is { } done ? Repeated(done)
            : _requests.WhyNot(strategy) is { } whyNot ? new JobAnswer(null, whyNot)
            : await Enqueue(_requests.Of(strategy, TrainingTrigger.Operator, operatorName, reason, days, trials, Until(strategy)), operation);
    }

    public Task<JobAnswer> Enqueue(TrainingRequest request) => _requests.WhyNot(request.Strategy) is { } whyNot
        ? Task.FromResult(new JobAnswer(null, whyNot))
        : Enqueue(request, operation: null);

    public async Task<JobAnswer> Cancel(string jobId, string operatorName, string reason)
    {
        var operation = CommandOperation.Current;
        if (state.State.Operations.Find(operation) is { } done)
        {
            return Repeated(done);
        }

        var change = Queue.Cancel(jobId, operatorName, reason, Now());
        if (change.Refusal is null)
        {
            await Store(change.Queue, state.State.Operations.Add(operation, jobId));
            Announce(change.Job!, Words(Queue.Find(jobId)!), operatorName, reason);
        }

        return new JobAnswer(change.Job, change.Refusal);
    }

    public async Task<JobAnswer> Raise(RetrainingAlarm alarm)
    {
        if (_requests.WhyNot(alarm.Strategy) is { } whyNot)
        {
            return new JobAnswer(null, whyNot);
        }

        if (state.State.Triggers.CoolsUntil(alarm.Strategy, alarm.Trigger, CoolDown, Now()) is { } until)
        {
            return new JobAnswer(null, $"trigger {alarm.Trigger} of strategy '{alarm.Strategy}' has fired; it cools down until {until}");
        }

        var request = _requests.Of(alarm.Strategy, alarm.Trigger, Self, alarm.Reason, null, null, Until(alarm.Strategy));
        var change = Queue.Enqueue(request, Now());
        if (change.Refusal is null)
        {
            state.State.Triggers = state.State.Triggers.Fire(alarm.Strategy, alarm.Trigger, Now());
            await Store(change.Queue, state.State.Operations);
            AnnounceQueued(change.Job!);
        }

        return new JobAnswer(change.Job, change.Refusal);
    }

    public async Task Observe(ImmutableArray<StrategyObservation> observations)
    {
        foreach (var seen in observations.Where(seen => _requests.WhyNot(seen.Strategy) is null))
        {
            _seen = _seen.SetItem(seen.Strategy, seen);
            RetrainingGauges.Age(seen);
            var before = state.State.Marks.GetValueOrDefault(seen.Strategy, ScheduleMark.None);
            var (mark, isDue) = _schedule.Observe(before, seen.MarketTime, Now());
            if (mark != before)
            {
                var change = isDue ? Queue.Enqueue(_requests.Of(seen.Strategy, TrainingTrigger.Schedule, Self, "scheduled", null, null, Until(seen.Strategy)), Now()) : default;
                state.State.Marks = state.State.Marks.SetItem(seen.Strategy, mark);
                await Store(change.Queue ?? Queue, state.State.Operations);
                if (change is { Refusal: null, Job: { } job })
                {
                    AnnounceQueued(job);
                }
            }

            var limit = options.Value.ModelAgeHours;
            if (limit > 0 && StatusOf(seen.Strategy).ModelAgeHours is { } age && age > limit)
            {
                await Raise(new RetrainingAlarm(
                    TrainingTrigger.ModelAge, seen.Strategy, FormattableString.Invariant($"the newest model's data are {age:F1} h old, more than {limit} h")));
            }
        }
    }

    public async Task<TrainingJob?> Take(string worker)
    {
        var change = Queue.Take(worker, options.Value.AttemptsMax, Now());
        if (!ReferenceEquals(change.Queue, Queue))
        {
            var before = Queue;
            await Store(change.Queue, state.State.Operations);
            foreach (var ended in Queue.Jobs.Where(job => job.HasEnded && before.Find(job.Id) is { HasEnded: false }))
            {
                AnnounceEnd(ended);
            }
        }

        return change.Job;
    }

    public Task<JobAnswer> Report(string jobId, string worker, TrainingProgress progress)
    {
        var change = Queue.Report(jobId, worker, progress);
        Queue = change.Queue;
        return Task.FromResult(new JobAnswer(change.Job, change.Refusal));
    }

    public async Task<JobAnswer> Finish(string jobId, string worker, TrainingOutcome outcome)
    {
        var change = Queue.Finish(jobId, worker, outcome, options.Value.AttemptsMax, Now());
        if (change.Refusal is null)
        {
            await Store(change.Queue, state.State.Operations);
            if (change.Job is { HasEnded: true } job)
            {
                AnnounceEnd(job);
            }
        }

        return new JobAnswer(change.Job, change.Refusal);
    }

    public async Task<JobAnswer> Release(string jobId, string worker, string reason)
    {
        var change = Queue.Release(jobId, worker, reason);
        if (change.Refusal is null)
        {
            await Store(change.Queue, state.State.Operations);
        }

        return new JobAnswer(change.Job, change.Refusal);
    }

    private async Task<JobAnswer> Enqueue(TrainingRequest request, string? operation)
    {
        var change = Queue.Enqueue(request, Now());
        if (change.Refusal is null)
        {
            await Store(change.Queue, state.State.Operations.Add(operation, change.Job!.Id));
            AnnounceQueued(change.Job);
        }

        return new JobAnswer(change.Job, change.Refusal);
    }

    private JobAnswer Repeated(DoneOperation done) => Queue.Find(done.Result ?? "") is { } job
        ? new JobAnswer(job, null)
        : new JobAnswer(null, $"job {done.Result} is no longer kept");

    private async Task Store(JobQueue queue, OperationLedger operations)
    {
        (state.State.Queue, state.State.Operations) = (queue, operations);
        await state.WriteOrDeactivate(this);
        Queue = queue;
        RetrainingGauges.Running(queue.Running);
    }

    private StrategyRetraining StatusOf(string strategy)
    {
        var seen = _seen.GetValueOrDefault(strategy);
        var mark = state.State.Marks.GetValueOrDefault(strategy, ScheduleMark.None);
        var now = Now();
        return new StrategyRetraining
        {
            Strategy = strategy,
            MarketTime = seen?.MarketTime ?? Timestamp.Unknown,
            TrainedTo = seen?.TrainedTo ?? Timestamp.Unknown,
            NextByMarket = _schedule.NextByMarket(mark),
            NextByCron = _schedule.NextByClock(mark),
            Cooling =
            [
                .. Enum.GetValues<TrainingTrigger>()
                    .Select(trigger => (trigger, Until: state.State.Triggers.CoolsUntil(strategy, trigger, CoolDown, now)))
                    .Where(cooling => cooling.Until is not null).Select(cooling => new CoolingTrigger(cooling.trigger, cooling.Until!.Value)),
            ],
        };
    }

    private Timestamp Until(string strategy) => _seen.GetValueOrDefault(strategy) is { MarketTime.IsKnown: true } seen ? seen.MarketTime : Now();

    private void AnnounceQueued(TrainingJob job)
    {
        LogQueued(logger, job.Id, job.Strategy, job.Request.By, job.Request.Trigger, job.Request.Reason);
        Announce(job, Words(job), job.Request.By, job.Request.Reason);
    }

    private void AnnounceEnd(TrainingJob job)
    {
        if (job.State == TrainingJobState.Failed)
        {
            LogFailed(logger, job.Id, job.Strategy, job.Outcome!.Reason);
        }
        else
        {
            var outcome = job.Outcome!;
            var result = outcome.ModelId is { } model ? $"model {model} is registered as {outcome.Stage}; its evidence: {outcome.Reason}" : outcome.Reason;
            LogEnded(logger, job.Id, job.Strategy, job.State, result);
        }

        RetrainingGauges.Ended(job);
        Announce(job, Words(job), Self, job.Outcome!.Reason);
    }

    private void Announce(TrainingJob job, string to, string actor, string reason) =>
        facts.Publish(new AgentEventFact(AgentEventKind.Training, job.Strategy, job.Id, null, to, actor, reason, Now()));

    private static string Words(TrainingJob job) => job.CancelledBy is null || job.HasEnded ? $"{job.State}" : "Cancelling";

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
