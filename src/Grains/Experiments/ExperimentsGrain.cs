using System.Collections.Immutable;
using BtcAgent.Contracts.Experiments;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Domain.Experiments;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Idempotency;
using BtcAgent.Grains.Storage;

namespace BtcAgent.Grains.Experiments;

/// <summary>Keeps the experiments. Stores each change before it is answered; a failed write ends the activation.</summary>
internal sealed class ExperimentsGrain(
    [PersistentState(GrainStateNames.Experiments, GrainStateNames.Provider)] IPersistentState<ExperimentsGrainState> state,
    IFactPublisher facts,
    TimeProvider time) : Grain, IExperimentsGrain
{
    /// <summary>The stored book: interleaving reads never see a change that could still be lost.</summary>
    private ExperimentBook Book { get; set; } = ExperimentBook.Empty;

    private OperationLedger Operations { get; set; } = OperationLedger.Empty;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (Book, Operations) = (state.State.Book, state.State.Operations);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<TrackedExperiment>> List() => Task.FromResult(Book.Items);

    public Task<ExperimentAnswer> Begin(string strategy, string champion, string challenger, ExperimentPlan plan) =>
        Command(() => Book.Begin(strategy, champion, challenger, plan, Now()));

    public Task<ExperimentAnswer> Observe(string id, ImmutableArray<ExperimentDay> days, StageHealth? health, Timestamp at) =>
        Store(Book.Observe(id, days, health, at), Operations);

    public Task<ExperimentAnswer> Applied(string id, int move, string? problem) => Store(Book.Applied(id, move, problem), Operations);

    public Task<ExperimentAnswer> Confirm(string id, string person) => Command(() => Book.Confirm(id, person, Now()));

    public Task<ExperimentAnswer> Stop(string id, string person, string reason) => Command(() => Book.Stop(id, person, reason, Now()));

    /// <summary>A repeat of a command that was carried out gets its experiment.</summary>
    private async Task<ExperimentAnswer> Command(Func<ExperimentBookChange> change)
    {
        var operation = CommandOperation.Current;
        if (Operations.Find(operation) is { Result: { } known })
        {
            return new ExperimentAnswer(Book.Find(known), null);
        }

        var changed = change();
        return changed.Refusal is not null
            ? new ExperimentAnswer(changed.Tracked, changed.Refusal)
            : await Store(changed, Operations.Add(operation, changed.Tracked?.Experiment.Id));
    }

    private async Task<ExperimentAnswer> Store(ExperimentBookChange change, OperationLedger operations)
    {
        if (!ReferenceEquals(change.Book, Book))
        {
            var before = change.Tracked is { } tracked ? Book.Find(tracked.Experiment.Id)?.Experiment.Moves.Length ?? 0 : 0;
            (state.State.Book, state.State.Operations) = (change.Book, operations);
            await state.WriteOrDeactivate(this);
            (Book, Operations) = (change.Book, operations);
            Publish(change.Tracked?.Experiment, before);
        }

        return new ExperimentAnswer(change.Tracked, change.Refusal);
    }

    private void Publish(Experiment? experiment, int known)
    {
        foreach (var move in experiment?.Moves.Skip(known) ?? [])
        {
            facts.Publish(new AgentEventFact(
                AgentEventKind.Experiment,
                experiment!.Strategy,
                experiment.Id,
                move.Cause == ExperimentCause.Began ? null : $"{move.From}",
                move.To == ExperimentStage.Ended ? $"{experiment.Outcome}" : $"{move.To}",
                move.By,
                $"{move.Cause}: {move.Text}",
                Now()));
        }
    }

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
