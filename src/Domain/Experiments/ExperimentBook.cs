using System.Collections.Immutable;
using System.Globalization;

namespace BtcAgent.Domain.Experiments;

/// <summary>
/// The experiments of all strategies. Invariants: (1) a challenger has at most one running experiment; (2) a strategy has no more
/// of them than its plan divides its error by; (3) moves are carried out in their order, each once. Immutable; a change returns
/// a new book.
/// </summary>
[GenerateSerializer, Immutable, Alias("ExperimentBook")]
public sealed record ExperimentBook
{
    /// <summary>Ended experiments kept.</summary>
    public const int EndedKept = 100;

    public static ExperimentBook Empty { get; } = new();

    /// <summary>In order of their begin.</summary>
    [Id(0)] public ImmutableArray<TrackedExperiment> Items { get; init; } = [];

    /// <summary>Experiments begun so far.</summary>
    [Id(1)] public long Begun { get; init; }

    public TrackedExperiment? Find(string id) => Items.FirstOrDefault(item => item.Experiment.Id == id);

    /// <param name="strategy">The strategy.</param>
    /// <param name="champion">Model id of its champion, or name of its rule.</param>
    /// <param name="challenger">Model id of the challenger.</param>
    /// <param name="plan">The rules.</param>
    /// <param name="at">When it begins.</param>
    public ExperimentBookChange Begin(string strategy, string champion, string challenger, ExperimentPlan plan, Timestamp at)
    {
        if (plan.Problem() is { } problem)
        {
            return Refuse(problem);
        }

        if (champion == challenger)
        {
            return Refuse($"model {challenger} is the champion: it cannot be compared with itself");
        }

        var running = Items.Where(item => item.Experiment.IsRunning && item.Experiment.Strategy == strategy).ToArray();
        if (running.FirstOrDefault(item => item.Experiment.Challenger == challenger) is { } same)
        {
            return new(this, same, $"experiment {same.Experiment.Id} of model {challenger} is running already");
        }

        if (running.Length >= plan.Challengers)
        {
            return Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"strategy '{strategy}' has {running.Length} running experiments, and its error is divided by {plan.Challengers}: stop one first, or set Experiments:Challengers"));
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"ab-{Begun + 1}");
        var begun = new TrackedExperiment(Experiment.Begin(id, strategy, champion, challenger, plan, at), AppliedMoves: 1);
        return new(this with { Begun = Begun + 1, Items = Items.Add(begun) }, begun, null);
    }

    /// <summary>Counts closed days and judges the current one.</summary>
    /// <param name="id">The experiment.</param>
    /// <param name="days">Complete days, oldest first; known ones change nothing.</param>
    /// <param name="health">The challenger's condition now; null when it is not known.</param>
    /// <param name="at">Event time.</param>
    public ExperimentBookChange Observe(string id, ImmutableArray<ExperimentDay> days, StageHealth? health, Timestamp at)
    {
        if (Find(id) is not { } item)
        {
            return Unknown(id);
        }

        var seen = days.Aggregate(item.Experiment, (experiment, day) => experiment.Close(day));
        return Replace(item, item with { Experiment = health is null ? seen : seen.Check(health, at) });
    }

    /// <summary>A person confirms a promotion.</summary>
    public ExperimentBookChange Confirm(string id, string person, Timestamp at) => Change(id, experiment => experiment.Confirm(person, at));

    /// <summary>A person ends an experiment.</summary>
    public ExperimentBookChange Stop(string id, string person, string reason, Timestamp at) => Change(id, experiment => experiment.Stop(person, reason, at));

    /// <summary>The registry has carried out a move, or could not.</summary>
    /// <param name="id">The experiment.</param>
    /// <param name="move">Index of the move.</param>
    /// <param name="problem">Why it could not; null when it was carried out.</param>
    public ExperimentBookChange Applied(string id, int move, string? problem)
    {
        if (Find(id) is not { } item)
        {
            return Unknown(id);
        }

        return item.AppliedMoves != move ? new(this, item, null)
            : Replace(item, problem is null ? item with { AppliedMoves = move + 1, Problem = null } : item with { Problem = problem });
    }

    private ExperimentBookChange Change(string id, Func<Experiment, ExperimentChange> change)
    {
        if (Find(id) is not { } item)
        {
            return Unknown(id);
        }

        var changed = change(item.Experiment);
        return changed.Refusal is { } refusal ? new(this, item, refusal) : Replace(item, item with { Experiment = changed.Experiment });
    }

    private ExperimentBookChange Replace(TrackedExperiment item, TrackedExperiment changed)
    {
        if (changed == item)
        {
            return new(this, item, null);
        }

        var items = Items.Replace(item, changed);
        var surplus = items.Count(HasEnded) - EndedKept;
        return new(this with { Items = surplus > 0 ? items.RemoveRange(items.Where(HasEnded).Take(surplus)) : items }, changed, null);
    }

    private static bool HasEnded(TrackedExperiment item) => !item.Experiment.IsRunning && item.Pending is null;

    private ExperimentBookChange Refuse(string why) => new(this, null, why);

    private ExperimentBookChange Unknown(string id) => Refuse($"there is no experiment '{id}'");
}
