using System.Globalization;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Health;
using BtcAgent.Contracts.Idempotency;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Idempotency;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Execution;
using BtcAgent.Grains.Instruments;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Risk;

/// <summary>Holds the limits and the breaker of one portfolio; every order passes through it.</summary>
internal sealed partial class RiskGrain(
    [PersistentState(GrainStateNames.Risk, WatchedStorage.Provider)] IPersistentState<RiskGrainState> state,
    IOptions<AgentOptions> options,
    IOptions<LiveOptions> liveOptions,
    ILatencyBoard latencies,
    IEnumerable<IStoreCondition> stores,
    IFactPublisher facts,
    WatchedGrains watched,
    TimeProvider time,
    ILogger<RiskGrain> logger) : Grain, IRiskGrain
{
    private RulesMemory _rules = null!;
    private RiskEngine _engine = null!;
    private SharedWrites _writes = null!;
    private OperationLedger _operations = OperationLedger.Empty;
    private long _operationsAdded;
    private bool _armed;
    private long _approved;
    private long _held;
    private long _rejected;

    private string Portfolio => this.GetPrimaryKeyString();

    private string? StoreProblem => stores.Select(store => store.Problem).FirstOrDefault(problem => problem is not null);

    public override Task OnActivateAsync(CancellationToken cancellationToken) => watched.Activate(GrainStateNames.Risk, this, Begin);

    private async Task Begin()
    {
        _armed = await Control().IsArmed();
        _rules = new RulesMemory(GrainFactory, time);
        _engine = new RiskEngine(
            Portfolio, options.Value.Limits, options.Value.Sizing, state.State.Risk, options.Value.PlacementInForce());
        _operations = state.State.Operations;
        _writes = new SharedWrites(WriteAsync, () => _engine.Version + _operationsAdded);
        if (_engine.HeldBack.Length > 0)
        {
            LogHeldBack(logger, Portfolio, string.Join(", ", _engine.HeldBack));
        }

        if (await Control().GetPendingHalt(Portfolio) is { } reason)
        {
            // The halt was requested while this state could not be written.
            _engine.Halt(reason, Now());
        }

        if (StoreProblem is { } problem)
        {
            _engine.Watch(SystemHealth.Unknown with { StoreProblem = problem }, Now());
        }

        await StoreIfPossible();
        if (_engine.Breaker.Mode == BreakerMode.Halted)
        {
            BeginClearing();
        }
    }

    public async Task<RiskDecision> Assess(Signal signal, FeatureSample sample)
    {
        var started = time.GetTimestamp();
        var notAfter = NotAfter();
        var (input, epoch) = await InputOf(signal, sample);
        var before = _engine.Breaker;
        var decision = _engine.Assess(input);
        await StoreAndStop(before);
        latencies.Record(LatencyStage.SignalToRisk, time.GetElapsedTime(started));
        Count(decision);
        if (decision.Intent is { } intent)
        {
            started = time.GetTimestamp();
            await Store();
            await Send(intent, new SendTerms(epoch, notAfter));
            latencies.Record(LatencyStage.RiskToOrder, time.GetElapsedTime(started));
        }

        return decision;
    }

    public async Task<ManualOrderAnswer> Place(OrderRequest request)
    {
        var notAfter = NotAfter();
        var instrument = await GrainFactory.GetGrain<IInstrumentGrain>(request.Instrument.Key).GetSnapshot(0);
        var feed = instrument.Health;
        var (input, epoch) = await InputOf(request.ToSignal(), request.ToSample(
            instrument.Quote, feed.LastEventTime, feed.LastReceiveTime, feed.ClockSkewMs, feed.IsConnected, Now()));
        var before = _engine.Breaker;
        var decision = _engine.AssessOrder(request, input);
        await StoreAndStop(before);
        Count(decision);
        if (decision.Intent is not null)
        {
            await Store();
        }

        return new ManualOrderAnswer(decision, decision.Intent is { } intent ? await Send(intent, new SendTerms(epoch, notAfter)) : null);
    }

    public async Task<BreakerState> Halt(string reason)
    {
        var before = _engine.Breaker;
        _engine.Halt(reason, Now());
        BeginClearing();
        await Store();
        ReportBreaker(before);
        return _engine.Breaker;
    }

    public async Task EndFlatten()
    {
        if (_engine.TakeFlatten())
        {
            await Store();
        }
    }

    public async Task<BreakerState> Resume(string reason)
    {
        var operation = CommandOperation.Current;
        if (_operations.Find(operation) is not null)
        {
            await Store();
            return _engine.Breaker;
        }

        // Ends a flatten in progress first: it must not continue under an active portfolio.
        StopClearing();
        await Task.WhenAll(Instruments().Select(instrument => Execution(instrument).StandDown(reason)));
        var before = _engine.Breaker;
        _engine.Resume(reason, Now());
        Note(operation);
        await Store();
        ReportBreaker(before);
        foreach (var instrument in Instruments())
        {
            await Execution(instrument).Retry(reason);
        }

        return _engine.Breaker;
    }

    public async Task Watch(SystemHealth health)
    {
        var before = _engine.Breaker;
        _engine.Watch(health with { StoreProblem = StoreProblem ?? health.StoreProblem }, Now());
        await StoreAndStop(before);
    }

    public Task<LimitsInForce> GetLimits() =>
        Task.FromResult(new LimitsInForce(LimitBook.Values(_engine.Limits), _engine.HeldBack, _engine.ToState().Changes));

    public async Task<LimitsInForce> ChangeLimit(string name, decimal value, string operatorName, string reason)
    {
        var operation = CommandOperation.Current;
        if (_operations.Find(operation) is not null)
        {
            await Store();
            return await GetLimits();
        }

        var change = _engine.ChangeLimit(name, value, operatorName, reason, Now());
        Note(operation);
        await Store();
        facts.Publish(new AgentEventFact(
            AgentEventKind.Limit,
            Portfolio,
            change.Name,
            change.From?.ToString(CultureInfo.InvariantCulture),
            change.To.ToString(CultureInfo.InvariantCulture),
            change.Operator,
            change.Reason,
            change.Time));
        LogLimit(logger, Portfolio, change.Name, change.From, change.To, change.Operator, change.Reason);
        return await GetLimits();
    }

    public Task SetArmed(bool armed)
    {
        _armed = armed;
        return Task.CompletedTask;
    }

    public Task<RiskStatus> GetStatus() => Task.FromResult(new RiskStatus(_engine.Breaker, _approved, _held, _rejected)
    {
        Tripped = [.. _engine.TrippedOnHealth],
        Cause = _engine.ToState().Cause,
    });

    /// <summary>Queries portfolio and execution concurrently.</summary>
    private async Task<(RiskInput Input, HaltEpoch Epoch)> InputOf(Signal signal, FeatureSample sample)
    {
        var portfolio = GrainFactory.GetGrain<IPortfolioGrain>(Portfolio);
        var asked = Execution(sample.Instrument).GetOpenOrders();
        var marked = sample.Quote.IsTwoSided
            ? portfolio.Mark(sample.Instrument, sample.Quote.Mid, sample.EventTime)
            : portfolio.GetSnapshot();
        await Task.WhenAll(asked, marked);
        var open = await asked;
        var input = new RiskInput(
            signal, sample, await marked, await _rules.Of(sample.Instrument), open.Orders, _armed)
        {
            Reconciling = open.IsReconciling,
            Conditions = MarketConditions.Of(signal, sample, Instruments().Contains(sample.Instrument)),
        };
        return (input, open.Epoch);
    }

    /// <summary>
    /// While the store is known to be unavailable, a tripped breaker is kept in memory only: a failed write would end this
    /// activation, and the next one would not know of the trip. Sending an order still requires a write.
    /// </summary>
    private Task StoreIfPossible() => StoreProblem is null ? Store() : Task.CompletedTask;

    /// <summary>Writes the state; a halt interleaves with assessments.</summary>
    private Task Store() => _writes.WriteAsync();

    /// <summary>Stored with the change, so that a repeat after a crash is recognised exactly when the change is there.</summary>
    private void Note(string? operation)
    {
        _operations = _operations.Add(operation);
        _operationsAdded += operation is null ? 0 : 1;
    }

    private Task WriteAsync()
    {
        state.State.Risk = _engine.ToState();
        state.State.Operations = _operations;
        return state.WriteOrDeactivate(this);
    }

    private void Count(RiskDecision decision)
    {
        switch (decision.Outcome)
        {
            case RiskOutcome.Approved:
                _approved++;
                break;
            case RiskOutcome.Hold:
                _held++;
                break;
            case RiskOutcome.Rejected:
                _rejected++;
                break;
        }
    }

    private IEnumerable<InstrumentId> Instruments() => options.Value.InstrumentsOf(Portfolio);

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
