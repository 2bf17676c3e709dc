using System.Collections.Immutable;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Contracts.Models;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Idempotency;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Grains.Keys;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Models;

/// <summary>
/// Keeps the roster and assigns models to the signal grains. Writes the roster before notifying the signal grains; the next
/// activation repeats any notification that a crash skipped.
/// </summary>
internal sealed partial class ModelRegistryGrain(
    [PersistentState(GrainStateNames.ModelRegistry, GrainStateNames.Provider)] IPersistentState<ModelRegistryGrainState> state,
    IModelLoader loader,
    IOptions<AgentOptions> options,
    IFactPublisher facts,
    TimeProvider time,
    ILogger<ModelRegistryGrain> logger) : Grain, IModelRegistryGrain
{
    /// <summary>The stored roster: interleaving calls never see one that could still be lost.</summary>
    private ModelRoster Roster { get; set; } = ModelRoster.Empty;

    private OperationLedger Operations { get; set; } = OperationLedger.Empty;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        (Roster, Operations) = (state.State.Roster, state.State.Operations);
        foreach (var strategy in Strategies())
        {
            try
            {
                await Notify(strategy);
            }
            catch (Exception e)
            {
                LogNotNotified(logger, strategy, e);
            }
        }
    }

    public async Task<RegistryAnswer> Register(ImmutableArray<byte> artefact, string strategy)
    {
        // A suffix: a move of the same command has its own place in the ledger.
        var operation = CommandOperation.Current is { } command ? $"{command}/register" : null;
        if (Operations.Find(operation) is { Result: { } registered } && Roster.Find(registered) is { } known)
        {
            return new RegistryAnswer(known, null);
        }

        if (UnknownStrategy(strategy) is { } unknown)
        {
            return new RegistryAnswer(null, unknown);
        }

        ModelDescription description;
        try
        {
            var model = await loader.LoadAsync(artefact.IsDefault ? default : artefact.AsMemory(), CancellationToken.None);
            var scorer = model.CreateSignalModel(FeatureSchema.Create(options.Value.Features));
            (scorer as IDisposable)?.Dispose();
            description = model.Description;
        }
        catch (ModelRefusedException e)
        {
            return new RegistryAnswer(null, e.Message);
        }

        var change = Roster.Register(description, strategy, Now());
        if (change.Refusal is not null || (change.Roster == Roster && operation is null))
        {
            return new RegistryAnswer(change.Entry, change.Refusal);
        }

        try
        {
            await GrainFactory.GetGrain<IModelGrain>(description.Id).Register(artefact);
        }
        catch (ModelRefusedException e)
        {
            return new RegistryAnswer(null, e.Message);
        }

        await Store(change.Roster, Operations.Add(operation, description.Id));
        LogRegistered(logger, description.Id, strategy);
        return new RegistryAnswer(change.Entry, null);
    }

    public Task<ImmutableArray<ModelEntry>> List() => Task.FromResult(Roster.Models);

    public Task<ModelEntry?> Find(string modelId) => Task.FromResult(Roster.Find(modelId));

    public async Task<RegistryAnswer> Move(
        string modelId, ModelStage stage, string operatorName, string reason, VerdictOverride? verdictOverride = null)
    {
        var operation = CommandOperation.Current;
        if (Operations.Find(operation) is { } done)
        {
            return await RepeatAsync(modelId, done);
        }

        var before = Roster;
        var change = before.Move(modelId, stage, operatorName, reason, Now(), verdictOverride);
        if (change.Entry is not { } entry)
        {
            return new RegistryAnswer(null, change.Refusal);
        }

        var serves = stage is ModelStage.Shadow or ModelStage.Canary or ModelStage.Champion;
        if ((serves ? UnknownStrategy(entry.Strategy) : null) is { } unknown)
        {
            return new RegistryAnswer(null, unknown);
        }

        if (stage == ModelStage.Champion && !TradesTrainedModel(entry.Strategy))
        {
            return new RegistryAnswer(
                null,
                $"strategy '{entry.Strategy}' trades a rule: set its Model to {SignalModels.Trained} to let a model trade; shadows run beside a rule too");
        }

        if ((WhyNotByVerdict(entry, stage, verdictOverride) ?? WhyNotCanary(entry, stage)) is { } verdict)
        {
            return new RegistryAnswer(null, verdict);
        }

        await Store(change.Roster, Operations.Add(operation));
        if (WhyNotServed(modelId, await NotifyOrDeactivate(entry.Strategy)) is { } refusal)
        {
            await Store(before.Restore(change.Roster, modelId, refusal, Now()), Operations.Add(operation, refusal));
            await NotifyOrDeactivate(entry.Strategy);
            return new RegistryAnswer(null, refusal);
        }

        facts.Publish(new AgentEventFact(
            AgentEventKind.Model, entry.Strategy, modelId, before.Find(modelId)?.Stage.ToString(), $"{stage}", operatorName, reason, Now()));
        LogMoved(logger, modelId, entry.Strategy, stage, operatorName, reason);
        if (verdictOverride is not null)
        {
            LogOverridden(logger, modelId, verdictOverride.Person, verdictOverride.Reason);
        }

        return new RegistryAnswer(entry, null);
    }

    public async Task Reassert()
    {
        foreach (var strategy in Strategies())
        {
            await Notify(strategy);
        }
    }

    /// <summary>Notifies a strategy's grains; when that fails, the next activation of this grain repeats it.</summary>
    private async Task<ImmutableArray<SignalStatus>> NotifyOrDeactivate(string strategy)
    {
        try
        {
            return await Notify(strategy);
        }
        catch (Exception e)
        {
            LogNotNotified(logger, strategy, e);
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task<ImmutableArray<SignalStatus>> Notify(string strategy)
    {
        var champion = Roster.ChampionOf(strategy);
        var canary = Roster.CanaryOf(strategy) is { } chosen ? new CanaryTurn(chosen.Id, ModelRoster.CanarySince(chosen)) : null;
        ImmutableArray<string> shadows = [.. Roster.ShadowsOf(strategy).Select(m => m.Id)];
        var statuses = ImmutableArray.CreateBuilder<SignalStatus>();
        foreach (var option in options.Value.Strategies.Where(s => s.Name == strategy))
        {
            var key = GrainKeys.Signal(InstrumentId.Parse(option.Instrument), strategy);
            var isTrained = option.Model == SignalModels.Trained;
            var status = await GrainFactory.GetGrain<ISignalGrain>(key).Assign(
                new ModelAssignment(
                    Roster.Version, isTrained ? champion?.Id : null, shadows, isTrained && Roster.HadChampion(strategy), champion?.Override is not null, canary));
            statuses.Add(status);
            foreach (var refusal in status.Refused)
            {
                LogRefused(logger, refusal.ModelId, key, refusal.Reason);
            }
        }

        return statuses.ToImmutable();
    }

    /// <summary>A canary with a portfolio trades: it needs a verdict as a champion does, and the portfolio for itself.</summary>
    private string? WhyNotCanary(ModelEntry entry, ModelStage stage)
    {
        var portfolio = options.Value.Strategies.FirstOrDefault(s => s.Name == entry.Strategy && s.CanaryPortfolio.Length > 0)?.CanaryPortfolio;
        return stage != ModelStage.Canary || portfolio is null ? null
            : Roster.CanaryOf(entry.Strategy) is { } other && other.Id != entry.Id
                ? $"model {other.Id} trades in the canary portfolio '{portfolio}', which has room for one: move that model first"
            : options.Value.ChampionGate().WhyNot(entry.Description, false);
    }

    private string? WhyNotByVerdict(ModelEntry entry, ModelStage stage, VerdictOverride? verdictOverride) => stage != ModelStage.Champion
        ? verdictOverride is null ? null : "an override of the verdict belongs to a move to champion: leave it out"
        : options.Value.ChampionGate().WhyNot(entry.Description, verdictOverride is not null);

    /// <summary>Null when every signal grain serves the roster as far as this model is concerned.</summary>
    private string? WhyNotServed(string modelId, ImmutableArray<SignalStatus> statuses) =>
        (statuses.SelectMany(s => s.Refused).FirstOrDefault(r => r.ModelId == modelId)
            ?? statuses.Where(s => s.AssignmentVersion < Roster.Version).SelectMany(s => s.Refused).FirstOrDefault())?.Reason;

    private async Task Store(ModelRoster roster, OperationLedger operations)
    {
        (state.State.Roster, state.State.Operations) = (roster, operations);
        await state.WriteOrDeactivate(this);
        (Roster, Operations) = (roster, operations);
    }

    /// <summary>The move is stored; the signal grains may not have learned of it before the crash.</summary>
    private async Task<RegistryAnswer> RepeatAsync(string modelId, DoneOperation done)
    {
        if (done.Result is not null || Roster.Find(modelId) is not { } entry)
        {
            return new RegistryAnswer(null, done.Result ?? $"model '{modelId}' is no longer registered");
        }

        await NotifyOrDeactivate(entry.Strategy);
        return new RegistryAnswer(entry, null);
    }

    /// <summary>Strategies with at least one model; the others need no notification.</summary>
    private string[] Strategies() =>
        [.. options.Value.Strategies.Select(s => s.Name).Distinct().Where(s => Roster.Models.Any(m => m.Strategy == s))];

    private bool TradesTrainedModel(string strategy) =>
        options.Value.Strategies.Any(s => s.Name == strategy && s.Model == SignalModels.Trained);

    private string? UnknownStrategy(string strategy)
    {
        var names = options.Value.Strategies.Select(s => s.Name).Distinct().ToArray();
        return names.Contains(strategy) ? null : $"strategy '{strategy}' is not configured; there are: {string.Join(", ", names)}";
    }

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
