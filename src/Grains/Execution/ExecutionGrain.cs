using System.Collections.Immutable;
using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Trading;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Keys;
using BtcAgent.Grains.Measurement;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Owns the orders of one portfolio on one instrument. An intent is stored before it is answered for; fills are stored
/// with their order before the portfolio is told. With a venue registered the orders are real, else they are on paper.
/// </summary>
internal sealed partial class ExecutionGrain(
    [PersistentState(GrainStateNames.Execution, WatchedStorage.Provider)] IPersistentState<ExecutionGrainState> state,
    IOptions<AgentOptions> options,
    IOptions<LiveOptions> liveOptions,
    IFactPublisher facts,
    IServiceProvider services,
    ActivationFailures failures,
    WatchedGrains watched,
    TimeProvider time,
    ILogger<ExecutionGrain> logger) : Grain, IExecutionGrain
{
    private string _portfolio = "";
    private InstrumentId _instrument;
    private SendFence _fence = null!;
    private SharedWrites _writes = null!;
    private SharedWrites _deliveries = null!;
    private PaperExecution? _execution;
    private LiveDesk? _live;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => watched.Activate(GrainStateNames.Execution, this, Begin);

    private async Task Begin()
    {
        var (portfolio, instrument) = GrainKeys.Split(this.GetPrimaryKeyString());
        _portfolio = portfolio;
        _instrument = InstrumentId.Parse(instrument);
        _fence = new SendFence(this.GrainContext.ActivationId.ToString(), time);
        _writes = new SharedWrites(() => state.WriteOrDeactivate(this));
        _deliveries = new SharedWrites(StoreAndDeliverOnce);
        if (services.GetService<IExecutionVenue>() is { } venue)
        {
            _live = new LiveDesk(_portfolio, _instrument, venue, Host(), liveOptions.Value, _fence, time, logger);
            if (failures.StandsStill(this.GetPrimaryKeyString()) is { } stand)
            {
                _live.StandStill(stand);
            }
            else
            {
                _live.Start("the agent starts: orders are compared with the venue");
            }

            Flattening();
        }
        else if (state.State.Paper is not null)
        {
            await Deliver(await Paper());
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _ending.Cancel();
        _live?.Dispose();
        return Task.CompletedTask;
    }

    public Task<Order> Submit(OrderIntent intent, SendTerms terms) => Submit(intent, terms, closes: false);

    private async Task<Order> Submit(OrderIntent intent, SendTerms terms, bool closes)
    {
        if (_live is not null)
        {
            AgentMeter.Orders.Add(1);
            return await _live.Submit(intent, terms, closes);
        }

        var execution = await Paper();
        if (_fence.Refusal(terms) is { } refusal)
        {
            return OrderLifecycle.Deny(intent, refusal);
        }

        var result = execution.Submit(intent);
        if (result.IsNew)
        {
            await _deliveries.WriteAsync();
            AgentMeter.Orders.Add(1);
            LogSubmitted(logger, _portfolio, _instrument, intent.ClientOrderId, intent.Side, intent.Quantity);
        }

        return result.Order;
    }

    public async Task<OpenOrders> GetOpenOrders() =>
        new([.. _live?.TradingOrders ?? (await Paper()).OpenOrders], _live?.Status.IsReconciling ?? false, _fence.Epoch);

    public async Task<ImmutableArray<Order>> GetOrders(int limit) =>
        _live is not null ? [.. _live.RecentOrders.Take(Math.Clamp(limit, 1, 500))]
        : await HasRules() ? [.. (await Paper()).RecentOrders.Take(Math.Clamp(limit, 1, 500))] : [];

    public Task<ExecutionStatus> GetStatus() => Task.FromResult(_live?.Status ?? new ExecutionStatus(
        false, false, "on paper", Timestamp.Unknown, _execution?.OpenOrders.Count ?? 0, _execution?.Anomalies ?? 0, null, []));

    public Task OnReport(ExecutionReport report) => _live?.OnReport(report) ?? Task.CompletedTask;

    public Task OnUnreadable(string problem, string payload) => _live?.OnUnreadable(problem, payload) ?? Task.CompletedTask;

    public Task Retry(string reason)
    {
        if (_live?.Status.StandsStill is not null)
        {
            failures.Clear(this.GetPrimaryKeyString());
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }

    public Task OnUserData(bool connected, string reason)
    {
        _live?.OnUserData(connected, reason);
        return Task.CompletedTask;
    }

    public Task Reconcile(string reason)
    {
        _live?.Reconcile(reason, doubt: false);
        return Task.CompletedTask;
    }

    public Task<AcceptedBalances> AcceptBalances(string reason) =>
        _live?.AcceptBalances(reason) ?? Task.FromResult(new AcceptedBalances(null, []));

    public async Task<Order?> Cancel(string clientOrderId, string reason)
    {
        if (_live is not null)
        {
            return await _live.Cancel(clientOrderId, reason);
        }

        var execution = await Paper();
        execution.Cancel(clientOrderId, execution.EventTime, reason);
        if (execution.HasChanges)
        {
            await _deliveries.WriteAsync();
        }

        return execution.RecentOrders.FirstOrDefault(order => order.Intent.ClientOrderId == clientOrderId);
    }

    /// <summary>
    /// Untaken fills are part of the stored state, so a crash on the way repeats them and loses none; the portfolio
    /// books each once.
    /// </summary>
    private async Task StoreAndDeliverOnce()
    {
        var execution = _execution!;
        state.State.Paper = execution.ToState();
        await _writes.WriteAsync();
        foreach (var order in execution.TakeChangedOrders())
        {
            LogOrder(logger, _portfolio, _instrument, order.Intent.ClientOrderId, order.Status, order.FilledQuantity, order.Reason ?? "");
        }

        await Deliver(execution);
    }

    private async Task Deliver(PaperExecution execution)
    {
        ImmutableArray<Fill> fills = [.. execution.TakeFills()];
        if (fills.IsEmpty)
        {
            return;
        }

        try
        {
            await GrainFactory.GetGrain<IPortfolioGrain>(_portfolio).Apply(fills);
        }
        catch
        {
            // The next activation finds the fills in the stored state and hands them over again.
            DeactivateOnIdle();
            throw;
        }

        Tell(fills);
        state.State.Paper = execution.ToState();
        await _writes.WriteAsync();
    }

    /// <summary>A crash between booking and telling tells none; readers of the stream drop repeats by trade id.</summary>
    private void Tell(ImmutableArray<Fill> fills)
    {
        AgentMeter.Fills.Add(fills.Length);
        foreach (var fill in fills)
        {
            facts.Publish(fill);
        }
    }

    private LiveDeskHost Host() => new(
        state.State.Live,
        options.Value.Paper,
        () => GrainFactory.GetGrain<IInstrumentGrain>(_instrument.Key).GetRules(),
        live =>
        {
            state.State.Live = live;
            return _writes.WriteAsync();
        },
        async fills =>
        {
            await GrainFactory.GetGrain<IPortfolioGrain>(_portfolio).Apply(fills);
            Tell(fills);
        },
        balances => GrainFactory.GetGrain<IPortfolioGrain>(_portfolio).OpenAccount(balances),
        () => GrainFactory.GetGrain<IPortfolioGrain>(_portfolio).GetSnapshot(),
        reading => GrainFactory.GetGrain<IPortfolioGrain>(_portfolio).Agree(reading),
        WhyStopped,
        reason => GrainFactory.GetGrain<IRiskGrain>(_portfolio).Halt(reason),
        () => failures.Clear(this.GetPrimaryKeyString()),
        DeactivateOnIdle,
        NoteFailure);

    /// <summary>The count outlives the activation; the next one looks at it before it starts.</summary>
    private void NoteFailure(Exception failure)
    {
        failures.Failed(this.GetPrimaryKeyString(), $"{failure.GetType().Name}: {failure.Message}", ActivationFailures.MayPass(failure));
        DeactivateOnIdle();
    }

    private async Task<bool> HasRules() =>
        _execution is not null || await GrainFactory.GetGrain<IInstrumentGrain>(_instrument.Key).GetRules() is not null;

    private async Task<PaperExecution> Paper()
    {
        if (_execution is null)
        {
            var rules = await GrainFactory.GetGrain<IInstrumentGrain>(_instrument.Key).GetRules()
                ?? throw new InvalidOperationException($"{_instrument} has no trading rules yet: its feed has not started");
            _execution = new PaperExecution(_portfolio, rules, options.Value.Paper, state.State.Paper);
        }

        return _execution;
    }
}
