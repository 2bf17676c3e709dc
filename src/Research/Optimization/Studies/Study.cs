using System.Collections.Immutable;
using BtcAgent.Research.Optimization.Pruning;
using BtcAgent.Research.Optimization.Samplers;
using BtcAgent.Research.Optimization.Spaces;

namespace BtcAgent.Research.Optimization.Studies;

/// <summary>
/// A search: suggests points, runs their folds and keeps the trials. Invariants:
/// (1) trial n depends on the identity of the search and the trials up to n − lag only, so any number of jobs, and any
/// interruption, gives the same trials;
/// (2) trials are kept and reported in the order of their numbers, and only when all before them are;
/// (3) at most lag trials are in flight.
/// </summary>
public sealed class Study
{
    private readonly SearchSpace _space;
    private readonly ITrialObjective _objective;
    private readonly ISampler _sampler;
    private readonly StudyOptions _options;
    private readonly ITrialStore _store;
    private readonly TimeProvider _time;
    private readonly FoldPruner _pruner;

    /// <param name="space">Space of the search.</param>
    /// <param name="objective">Function to maximise.</param>
    /// <param name="sampler">Chooses the points.</param>
    /// <param name="options">Seed, lag, jobs and budgets.</param>
    /// <param name="store">Keeps the trials; null for a search that cannot be resumed.</param>
    /// <param name="time">Clock of the budget of time and of the progress; null for the system's.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public Study(
        SearchSpace space, ITrialObjective objective, ISampler sampler, StudyOptions options, ITrialStore? store = null, TimeProvider? time = null)
    {
        options.Check();
        (_space, _objective, _sampler, _options) = (space, objective, sampler, options);
        (_store, _time) = (store ?? new MemoryTrialStore(), time ?? TimeProvider.System);
        _pruner = new FoldPruner(objective.Folds, options.Pruning);
    }

    /// <summary>Threads that run trials: the option, at most the lag.</summary>
    public int Jobs => Math.Min(_options.Jobs, _options.Lag);

    /// <summary>Runs until a budget is used up, or the search is cancelled.</summary>
    /// <param name="progress">Called after each trial, in order, by one thread at a time; must not call back.</param>
    /// <param name="ct">Ends the run; what the store has can be resumed.</param>
    /// <exception cref="TrialStoreException">The store belongs to another search, or cannot be written.</exception>
    public StudyResult Run(IProgress<StudyProgress>? progress = null, CancellationToken ct = default)
    {
        _store.Begin(StudyIdentity.Of(_space, _objective, _sampler, _options));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var queue = new TrialQueue(_space, _sampler, _options, _store, _time, progress);
        using var cancelled = stop.Token.Register(queue.Wake);
        var runner = new TrialRunner(_objective, _pruner, _store);
        var threads = Enumerable.Range(1, Jobs).Select(i => new Thread(() => Work(queue, runner, stop))
        {
            Name = $"trials-{i}",
            IsBackground = true,
        }).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return queue.Finish([.. Notes(), .. _store.Warnings], ct.IsCancellationRequested);
    }

    private static void Work(TrialQueue queue, TrialRunner runner, CancellationTokenSource stop)
    {
        try
        {
            while (queue.Take(stop.Token) is { } start)
            {
                queue.Done(runner.Run(start, stop.Token));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Its folds so far are kept; the trial runs again when the search resumes.
        }
        catch (Exception e)
        {
            queue.Fail(e);
            stop.Cancel();
        }
    }

    private ImmutableArray<string> Notes()
    {
        var notes = ImmutableArray.CreateBuilder<string>();
        if (_options.Jobs > Jobs)
        {
            notes.Add($"{_options.Jobs} jobs are capped at {Jobs}: with a lag of {_options.Lag} no more trials can run at a time");
        }

        if (_options.Pruning.IsOn && _pruner.FirstLook is null)
        {
            notes.Add($"nothing is pruned: {_objective.Folds} folds are too few for a signed-rank test at level {_options.Pruning.Level}");
        }

        if (_options.Time is not null)
        {
            notes.Add("a budget of time does not repeat: another run of this search may end after more or fewer trials");
        }

        return notes.ToImmutable();
    }
}
