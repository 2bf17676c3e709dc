using System.Collections.Immutable;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Domain.Strategies;
using BtcAgent.Domain.Trading;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Keys;
using BtcAgent.Grains.Measurement;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Signals;

/// <summary>
/// Scores one strategy's samples and asks risk about each signal; challengers score the same samples afterwards. A turn
/// either scores or swaps models, so that no sample is scored in the middle of a swap.
/// </summary>
internal sealed partial class SignalGrain(
    [PersistentState(GrainStateNames.Signal, WatchedStorage.Provider)] IPersistentState<SignalGrainState> state,
    IOptions<AgentOptions> options,
    IOptions<ModelWatchOptions> watching,
    StrategyCatalog strategies,
    IModelLoader loader,
    IFactPublisher facts,
    WatchedGrains watched,
    ILatencyBoard latencies,
    TimeProvider time,
    ILogger<SignalGrain> logger) : Grain, ISignalGrain
{
    private const int SignalsKept = 500;
    private const string NoChampion = "no champion yet: no model of this strategy was promoted";
    private const string NoChampionAnyMore = "no champion any more: the last one was retired or moved back; promote a model";

    private readonly Queue<Signal> _recent = new();
    private readonly SemaphoreSlim _assigning = new(1, 1);
    private InstrumentId _instrument;
    private StrategyOptions _strategy = null!;
    private FeatureSchema _schema = null!;
    private ModelOpener _opener = null!;
    private SignalEngine _engine = null!;
    private ModelTally _tally = null!;
    private ModelAssignment _assignment = ModelAssignment.None;
    private string? _champion;
    private bool _hadChampion;
    private Challengers _shadows = null!;
    private StrategyMemory _memory = null!;
    private VirtualAccounts _accounts = null!;
    private ModelWatches _watches = null!;
    private CanaryTrading _canary = null!;
    private SharedWrites _writes = null!;
    private MemoryWriter _writer = null!;
    private ImmutableArray<RefusedModel> _refused = [];

    private bool TradesTrainedModel => _strategy.Model == SignalModels.Trained;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (instrument, name) = GrainKeys.Split(this.GetPrimaryKeyString());
        _strategy = options.Value.Strategies.FirstOrDefault(s => s.Instrument == instrument && s.Name == name)
            ?? throw new ArgumentException(
                $"no strategy '{name}' on {instrument} is configured; known: {string.Join(", ", options.Value.Strategies.Select(s => $"{s.Instrument}/{s.Name}"))}");
        _instrument = InstrumentId.Parse(instrument);
        return watched.Activate(GrainStateNames.Signal, this, Begin);
    }

    private async Task Begin()
    {
        _schema = FeatureSchema.Create(options.Value.Features);
        _writes = new SharedWrites(state.WriteStateAsync);
        _writer = new MemoryWriter(_writes, _strategy.Name, DeactivateOnIdle, logger);
        _watches = new ModelWatches(_strategy.Name, watching.Value, options.Value.Paper.TakerFeeBps, state.State, _writer, time, logger);
        _memory = new StrategyMemory(_strategy.Name, state.State, options.Value, time, logger);
        _accounts = new VirtualAccounts(_strategy, options.Value, state.State, GrainFactory, time, logger);
        _canary = new CanaryTrading(_strategy, state.State, _writes.WriteAsync, GrainFactory, facts, logger);
        _opener = new ModelOpener(GrainFactory, loader, _schema);
        _assignment = state.State.Assignment ?? ModelAssignment.None;
        var model = TradesTrainedModel ? await Reopen() : CreateRule();
        _engine = NewEngine(model);
        _tally = new ModelTally(model.Id, model.Hash);
        _shadows = new Challengers(_strategy.Name, _opener, NewEngine, _canary, _watches, time, logger);
        _shadows.Replace(await Open(_assignment.Shadows));
        _canary.Assign(_assignment.Canary);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_engine is not null && (_memory.Take(_engine) | _accounts.Take() | _watches.Take()))
        {
            await _writer.WriteAsync().WaitAsync(cancellationToken);
        }

        _shadows?.Replace([]);
        (_engine?.Model as IDisposable)?.Dispose();
    }

    public async Task<Decision> Evaluate(FeatureSample sample)
    {
        _memory.Resume(_engine, sample, CreateRule);
        var started = time.GetTimestamp();
        var signal = _engine.Evaluate(sample);
        var (model, scoring) = (_engine.Model, time.GetElapsedTime(started));
        latencies.Record(LatencyStage.FeaturesToSignal, scoring);
        facts.Publish(new SignalFact(signal));
        _tally.Add(signal, sample);
        _recent.Enqueue(signal);
        if (_recent.Count > SignalsKept)
        {
            _recent.Dequeue();
        }

        try
        {
            var risk = await GrainFactory.GetGrain<IRiskGrain>(_strategy.Portfolio).Assess(signal, sample);
            var decision = new Decision { Id = risk.Decision, Portfolio = _strategy.Portfolio, Sample = sample, Signal = signal, Risk = risk };
            AgentMeter.Decisions.Add(1, new KeyValuePair<string, object?>("outcome", risk.Outcome.ToString()));
            facts.Publish(new DecisionFact(decision));
            return decision;
        }
        finally
        {
            _ = _watches.AddAfterTurn(model, sample, signal, scoring);
            _ = _shadows.ScoreAfterTurn(sample, signal, _accounts);
            if (_memory.TakeIfDue(_engine, sample) | _accounts.TakeIfDue())
            {
                _ = _writer.WriteAsync();
            }
        }
    }

    public Task<ImmutableArray<Signal>> GetRecent(int limit) =>
        Task.FromResult<ImmutableArray<Signal>>([.. _recent.Reverse().Take(Math.Clamp(limit, 1, SignalsKept))]);

    public async Task<SignalStatus> Assign(ModelAssignment assignment)
    {
        await _assigning.WaitAsync();
        try
        {
            if (assignment.Version >= _assignment.Version)
            {
                await Serve(assignment);
            }
        }
        finally
        {
            _assigning.Release();
        }

        return await GetStatus();
    }

    public Task<SignalStatus> GetStatus() => Task.FromResult(new SignalStatus
    {
        Instrument = _instrument,
        Strategy = _strategy.Name,
        AssignmentVersion = _assignment.Version,
        Champion = _tally.Read(),
        Shadows = _shadows.Runs,
        Refused = _refused,
        Canary = _canary.Status,
    });

    public Task<ImmutableArray<VirtualAccountSummary>> GetAccounts() => Task.FromResult(_accounts.Summaries);

    public Task<ImmutableArray<ModelWatchReading>> GetWatches() => Task.FromResult(_watches.Readings);

    /// <summary>
    /// Opens what is new, stores the assignment, and swaps the models. Changes nothing until the store has answered.
    /// </summary>
    private async Task Serve(ModelAssignment assignment)
    {
        _refused = [];
        ISignalModel? champion = null;
        if (!Serves(assignment))
        {
            try
            {
                champion = await OpenChampion(assignment);
            }
            catch (ModelRefusedException e)
            {
                LogChampionRefused(logger, _strategy.Name, assignment.Champion!, e);
                _refused = [new RefusedModel(assignment.Champion!, e.Message)];
                if (assignment.Champion != _assignment.Champion)
                {
                    return;
                }

                // The champion has not opened since the restart; that does not keep the shadows from being replaced.
            }
        }

        var shadows = await Open(assignment.Shadows);
        try
        {
            await Store(assignment);
        }
        catch
        {
            _shadows.Discard(shadows);
            (champion as IDisposable)?.Dispose();
            throw;
        }

        _shadows.Replace(shadows);
        if (champion is not null)
        {
            var former = _engine.Replace(champion);
            _tally = new ModelTally(champion.Id, champion.Hash);
            (_champion, _hadChampion) = (assignment.Champion, assignment.HadChampion);
            (former as IDisposable)?.Dispose();
        }

        string[] serving = [_engine.Model.Id, .. assignment.Shadows];
        _accounts.Keep(serving);
        _watches.Keep(serving);
        _canary.Assign(assignment.Canary);
        LogServing(logger, _strategy.Name, _engine.Model.Id, shadows.Length);
    }

    private async Task Store(ModelAssignment assignment)
    {
        if ((state.State.Assignment ?? ModelAssignment.None) != assignment)
        {
            state.State.Assignment = assignment;
            try
            {
                await _writes.WriteAsync();
            }
            catch
            {
                DeactivateOnIdle();
                throw;
            }
        }

        _assignment = assignment;
    }

    /// <summary>
    /// Without a champion it matters whether there ever was one: the fallback trades only before the first.
    /// </summary>
    private bool Serves(ModelAssignment assignment) => assignment.Champion == _champion
        && (assignment.Champion is not null || assignment.HadChampion == _hadChampion);

    private async Task<ISignalModel> OpenChampion(ModelAssignment assignment) => assignment.Champion switch
    {
        null when assignment.HadChampion => new AbsentModel(NoChampionAnyMore),
        null when _strategy.Fallback.Length > 0 => CreateRule(),
        null => new AbsentModel(NoChampion),
        _ when !TradesTrainedModel => throw new ModelRefusedException($"strategy '{_strategy.Name}' trades the rule {_strategy.Model}"),
        var modelId => await _opener.OpenToTrade(modelId, options.Value.ChampionGate(), assignment.IsOverridden),
    };

    /// <summary>After a restart: a champion that is refused now leaves the strategy without one, with the reason.</summary>
    private async Task<ISignalModel> Reopen()
    {
        try
        {
            var model = await OpenChampion(_assignment);
            (_champion, _hadChampion) = (_assignment.Champion, _assignment.HadChampion);
            return model;
        }
        catch (ModelRefusedException e)
        {
            LogChampionRefused(logger, _strategy.Name, _assignment.Champion!, e);
            _refused = [new RefusedModel(_assignment.Champion!, e.Message)];
            return new AbsentModel($"champion {_assignment.Champion} was refused: {e.Message}");
        }
    }

    private async Task<ImmutableArray<Challenger>> Open(ImmutableArray<string> shadows)
    {
        var (opened, refused) = await _shadows.Open(shadows);
        _refused = _refused.AddRange(refused);
        return opened;
    }

    private ISignalModel CreateRule() =>
        strategies.Create(TradesTrainedModel ? _strategy.Fallback : _strategy.Model, _strategy.Parameters, _schema);

    private SignalEngine NewEngine(ISignalModel model) => new(_instrument, _strategy.Name, model, options.Value.Signals);
}
