using System.Collections.Immutable;
using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Contracts.Trading;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Trading;
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
    [PersistentState(GrainStateNames.Execution, GrainStateNames.Provider)] IPersistentState<ExecutionGrainState> state,
    IOptions<AgentOptions> options,
    IOptions<LiveOptions> liveOptions,
    IFactPublisher facts,
    IServiceProvider services,
    TimeProvider time,
    ILogger<ExecutionGrain> logger) : Grain, IExecutionGrain
{
    /// <summary>A flatten waits this long for its cancels, which free the balance it sells.</summary>
    private static readonly TimeSpan CancelWait = TimeSpan.FromMilliseconds(700);

    private string _portfolio = "";
    private InstrumentId _instrument;
    private PaperExecution? _execution;
    private LiveDesk? _live;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (portfolio, instrument) = GrainKeys.Split(this.GetPrimaryKeyString());
        _portfolio = portfolio;
        _instrument = InstrumentId.Parse(instrument);
        if (services.GetService<IExecutionVenue>() is { } venue)
        {
            _live = new LiveDesk(_portfolio, _instrument, venue, Host(), liveOptions.Value, time, logger);
            _live.Start("the agent starts: orders are compared with the venue");
        }
        else if (state.State.Paper is not null)
        {
            await Deliver(await Paper());
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _live?.Dispose();
        return Task.CompletedTask;
    }

    public async Task<Order> Submit(OrderIntent intent)
    {
        if (_live is not null)
        {
            AgentMeter.Orders.Add(1);
            return await _live.Submit(intent);
        }

        var execution = await Paper();
        var result = execution.Submit(intent);
        if (result.IsNew)
        {
            await StoreAndDeliver(execution);
            AgentMeter.Orders.Add(1);
            LogSubmitted(logger, _portfolio, _instrument, intent.ClientOrderId, intent.Side, intent.Quantity);
        }

        return result.Order;
    }

    public async Task<OpenOrders> GetOpenOrders() =>
        new([.. _live?.TradingOrders ?? (await Paper()).OpenOrders], _live?.Status.IsReconciling ?? false);

    public async Task<ImmutableArray<Order>> GetOrders(int limit) =>
        _live is not null ? [.. _live.RecentOrders.Take(Math.Clamp(limit, 1, 500))]
        : await HasRules() ? [.. (await Paper()).RecentOrders.Take(Math.Clamp(limit, 1, 500))] : [];

    public Task<ExecutionStatus> GetStatus() => Task.FromResult(_live?.Status ?? new ExecutionStatus(
        false, false, "on paper", Timestamp.Unknown, _execution?.OpenOrders.Count ?? 0, _execution?.Anomalies ?? 0, null, []));

    public Task OnReport(ExecutionReport report) => _live?.OnReport(report) ?? Task.CompletedTask;

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

    public Task<ImmutableArray<BalanceTransfer>> AcceptBalances(string reason) =>
        _live?.AcceptBalances(reason) ?? Task.FromResult(ImmutableArray<BalanceTransfer>.Empty);

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
            await StoreAndDeliver(execution);
        }

        return execution.RecentOrders.FirstOrDefault(order => order.Intent.ClientOrderId == clientOrderId);
    }

    public async Task<int> CancelAll(string reason)
    {
        if (_live is not null)
        {
            return (await _live.CancelAll(reason)).Count;
        }

        if (!await HasRules())
        {
            return 0;
        }

        var execution = await Paper();
        var count = execution.CancelAll(execution.EventTime, reason);
        if (execution.HasChanges)
        {
            await StoreAndDeliver(execution);
        }

        return count;
    }

    public async Task<Order?> Flatten(string reason, Timestamp asked)
    {
        if (_live is not null)
        {
            var (_, requests) = await _live.CancelAll(reason);
            await Task.WhenAny(requests, Task.Delay(CancelWait, time));
        }
        else
        {
            await CancelAll(reason);
        }

        var snapshot = await GrainFactory.GetGrain<IPortfolioGrain>(_portfolio).GetSnapshot();
        var position = snapshot.Position(_instrument);
        var rules = await GrainFactory.GetGrain<IInstrumentGrain>(_instrument.Key).GetRules();
        if (position?.MarkPrice is not { } mark || rules is null)
        {
            return null;
        }

        var quantity = Quantity.RoundDown(Math.Abs(position.Quantity)).RoundDownToLot(rules.LotSize);
        if (quantity < rules.MinQuantity || quantity.ToDecimal() * mark < rules.MinNotional)
        {
            return null;
        }

        var eventTime = _live is null ? (await Paper()).EventTime : snapshot.EventTime;
        var decision = DecisionId.From(_portfolio, "flatten", _instrument, asked);
        return await Submit(new OrderIntent
        {
            ClientOrderId = decision.ClientOrderId(0),
            Decision = decision,
            Portfolio = _portfolio,
            Instrument = _instrument,
            Side = position.Quantity > 0 ? Side.Sell : Side.Buy,
            Type = OrderType.Market,
            TimeInForce = TimeInForce.ImmediateOrCancel,
            Quantity = quantity,
            EventTime = eventTime,
            ReferencePrice = mark,
            ReducesRisk = true,
        });
    }

    /// <summary>
    /// Untaken fills are part of the stored state, so a crash on the way repeats them and loses none; the portfolio
    /// books each once.
    /// </summary>
    private async Task StoreAndDeliver(PaperExecution execution)
    {
        state.State.Paper = execution.ToState();
        await state.WriteOrDeactivate(this);
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
        await state.WriteOrDeactivate(this);
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
            return state.WriteOrDeactivate(this);
        },
        async fills =>
        {
            await GrainFactory.GetGrain<IPortfolioGrain>(_portfolio).Apply(fills);
            Tell(fills);
        },
        balances => GrainFactory.GetGrain<IPortfolioGrain>(_portfolio).OpenWith(balances),
        () => GrainFactory.GetGrain<IPortfolioGrain>(_portfolio).GetSnapshot(),
        transfer => GrainFactory.GetGrain<IPortfolioGrain>(_portfolio).Transfer(transfer),
        reason => GrainFactory.GetGrain<IRiskGrain>(_portfolio).Halt(reason),
        DeactivateOnIdle);

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
