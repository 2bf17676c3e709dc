using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Execution;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Portfolios;
using BtcAgent.Contracts.Risk;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Domain.Risk;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Stopping, clearing and closing. All of it interleaves with whatever the grain waits for, and waits for neither store nor venue
/// longer than <see cref="AnswerWait"/>: what is not done by then is pending, and goes on beside the call.
/// </summary>
internal sealed partial class ExecutionGrain
{
    private static readonly TimeSpan AnswerWait = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan ClosePause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ClosePauseMax = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ending = new();
    private Task _flattening = Task.CompletedTask;
    private string? _unclosed;
    private bool _closing;

    public Task Fence(string reason)
    {
        var withdrawn = _fence.Raise(reason);
        _live?.Withdrawn(withdrawn, $"HALTED: {reason}");
        return Task.CompletedTask;
    }

    public async Task<ClearAnswer> CancelAll(string reason)
    {
        var (count, pending) = await Clear(reason);
        return new ClearAnswer(count, pending);
    }

    public async Task<ClearAnswer> Flatten(string reason, Timestamp asked)
    {
        var stored = Task.CompletedTask;
        var isNew = state.State.Flatten is null;
        if (isNew)
        {
            state.State.Flatten = new FlattenWork(reason, asked, 0);
            stored = _writes.WriteAsync();
        }

        var (count, pending) = await Clear(reason);
        if (_live is not null)
        {
            Flattening();
            await Task.WhenAny(Task.WhenAll(stored, _flattening), Task.Delay(AnswerWait, time));
        }
        else if (isNew)
        {
            await ClosePaper();
        }

        return new ClearAnswer(count, state.State.Flatten is null ? pending : pending ?? _unclosed ?? "the position is being closed");
    }

    public async Task StandDown(string reason)
    {
        var withdrawn = _fence.EndFlatten(reason);
        _live?.Withdrawn(withdrawn, $"HALTED: {reason}");
        _live?.StopClearing();
        if (state.State.Flatten is not null)
        {
            state.State.Flatten = null;
            await _writes.WriteAsync();
        }
    }

    private async Task<(int Count, string? Pending)> Clear(string reason)
    {
        var withdrawn = _fence.Raise(reason);
        if (_live is null)
        {
            return await ClearPaper(reason);
        }

        _live.Withdrawn(withdrawn, $"HALTED: {reason}");
        var scope = new ClearScope(KeepsProtectiveStop: state.State.Flatten is null, FlattenIds());
        var (count, cleared) = _live.Clear(reason, scope);
        await Task.WhenAny(cleared, Task.Delay(AnswerWait, time));
        return (withdrawn.Count + count, _live.Unclear);
    }

    /// <summary>The venue on paper is ours: its orders end at once, and what is left is to store it.</summary>
    private async Task<(int Count, string? Pending)> ClearPaper(string reason)
    {
        if (!await HasRules())
        {
            var stored = state.State.Paper?.Orders.Count(order => order.IsOpen) ?? 0;
            return (0, stored == 0 ? null : $"its {stored} open orders are not loaded: {_instrument} has no trading rules before its feed starts");
        }

        var execution = await Paper();
        var count = execution.CancelNow([.. PaperOrders(execution)], reason);
        var storing = execution.HasChanges ? _deliveries.WriteAsync() : Task.CompletedTask;
        await Task.WhenAny(storing, Task.Delay(AnswerWait, time));
        var open = PaperOrders(execution).Count();
        return (count, open > 0 ? $"{open} paper orders are open"
            : storing.IsFaulted ? $"its cancels are not stored: {storing.Exception.GetBaseException().Message}"
            : storing.IsCompleted ? null : "its cancels are not stored yet");
    }

    private IEnumerable<Order> PaperOrders(Domain.Execution.PaperExecution execution) =>
        execution.OpenOrders.Where(order => FlattenIds() is not { } ids || !order.Intent.ClientOrderId.StartsWith(ids, StringComparison.Ordinal));

    /// <summary>On paper the market drives a flatten, so that a replay repeats it.</summary>
    private async Task ClosePaper()
    {
        if (state.State.Flatten is not null && !_closing && _execution!.OpenOrders.Count == 0)
        {
            await CloseOnce();
        }
    }

    /// <summary>Works on a flatten until it is done or withdrawn.</summary>
    private void Flattening()
    {
        if (state.State.Flatten is not null && _flattening.IsCompleted)
        {
            _flattening = _live!.Run(FlattenAsync());
        }
    }

    private async Task FlattenAsync()
    {
        await Task.Yield(); // Let the caller's turn finish first: it may be an activation.
        if (state.State.Flatten is { } work && _live!.Unclear is not null)
        {
            _live.Clear(work.Reason, new ClearScope(KeepsProtectiveStop: false, FlattenIds()));
        }

        for (var pause = ClosePause; state.State.Flatten is not null;)
        {
            var attempts = state.State.Flatten.Attempts;
            await CloseOnce();
            pause = state.State.Flatten?.Attempts != attempts ? ClosePause : pause * 2 > ClosePauseMax ? ClosePauseMax : pause * 2;
            if (state.State.Flatten is not null)
            {
                await Task.Delay(pause, time, _ending.Token);
            }
        }
    }

    /// <summary>One step of a flatten: ends it, sends the next closing order, or notes what it waits for.</summary>
    private async Task CloseOnce()
    {
        _closing = true;
        try
        {
            _unclosed = await Unclosed();
            if (_unclosed is null && state.State.Flatten is not null)
            {
                state.State.Flatten = null;
                await _writes.WriteAsync();
            }
        }
        catch (Exception e) when (e is OrleansException or TimeoutException or InvalidOperationException)
        {
            _unclosed = e.Message; // Another grain cannot answer now; tried again.
        }
        finally
        {
            _closing = false;
        }
    }

    /// <returns>Null when the position is closed and nothing can open it again, or an operator resumed; else what is waited for.</returns>
    private async Task<string?> Unclosed()
    {
        if (await WhyHalted() is null)
        {
            return null;
        }

        if (_live is null)
        {
            await _deliveries.WriteAsync(); // Fills of the closing order before may be on their way to the books.
        }

        var limits = (await GrainFactory.GetGrain<IRiskGrain>(_portfolio).GetLimits()).Values;
        var most = limits.GetValueOrDefault(nameof(RiskLimits.MaxOrderNotional), options.Value.Limits.MaxOrderNotional);
        var version = _live?.Version ?? 0;
        var snapshot = await GrainFactory.GetGrain<IPortfolioGrain>(_portfolio).GetSnapshot();
        var rules = await GrainFactory.GetGrain<IInstrumentGrain>(_instrument.Key).GetRules();
        if (_live?.WhyStale(version) is { } stale)
        {
            return stale; // Neither a position nor its absence is certain.
        }

        if (snapshot.Position(_instrument) is not { Quantity: not 0 } position)
        {
            return _live?.Unclear;
        }

        if (rules is null || position.MarkPrice is not { } mark)
        {
            return $"{position.Quantity} cannot be closed before the instrument's rules and price are known: its feed has not started";
        }

        var side = position.Quantity > 0 ? Side.Sell : Side.Buy;
        if (_live?.WhyNotClose(side) is { } wait)
        {
            return $"{position.Quantity} to close: {wait}";
        }

        var quantity = ReducingSlice.Next(Quantity.RoundDown(Math.Abs(position.Quantity)), mark, most, rules);
        return quantity.IsZero ? _live?.Unclear : await Close(side, quantity, mark, snapshot);
    }

    /// <summary>One more closing order, a slice within the order limit; the one before has ended and its fills are in the books, so no more is sold than is held.</summary>
    private async Task<string?> Close(Side side, Quantity quantity, decimal mark, PortfolioSnapshot snapshot)
    {
        if (state.State.Flatten is not { } work)
        {
            return null; // Withdrawn while the books were asked.
        }

        state.State.Flatten = work with { Attempts = work.Attempts + 1 };
        var lifetime = options.Value.WaitForDecisions ? TimeSpan.FromDays(1) : TimeSpan.FromMilliseconds(liveOptions.Value.IntentLifetimeMs);
        var decision = FlattenId(work);
        var order = await Submit(
            new OrderIntent
            {
                ClientOrderId = decision.ClientOrderId(work.Attempts),
                Decision = decision,
                Strategy = "flatten",
                Portfolio = _portfolio,
                Instrument = _instrument,
                Side = side,
                Type = OrderType.Market,
                TimeInForce = TimeInForce.ImmediateOrCancel,
                Quantity = quantity,
                EventTime = _execution?.EventTime ?? snapshot.EventTime,
                ReferencePrice = mark,
                ReducesRisk = true,
            },
            new SendTerms(_fence.Epoch, Now() + lifetime),
            closes: true);
        return order.IsOpen ? $"closing order {order.Intent.ClientOrderId} is at work" : $"closing order {order.Intent.ClientOrderId} ended {order.Status}: {order.Reason}";
    }

    private DecisionId FlattenId(FlattenWork work) => DecisionId.From(_portfolio, "flatten", _instrument, work.Asked);

    private string? FlattenIds() => state.State.Flatten is { } work ? $"{DecisionId.OwnOrders}{FlattenId(work)}-" : null;

    /// <summary>Null when the portfolio is not halted, neither by an operator whose halt is pending nor in its own state.</summary>
    private async Task<string?> WhyHalted()
    {
        if (await Control().GetStandingHalt() is { } pending)
        {
            return pending;
        }

        var breaker = (await GrainFactory.GetGrain<IRiskGrain>(_portfolio).GetStatus()).Breaker;
        return breaker.Mode == BreakerMode.Halted ? breaker.Reason : null;
    }

    private async Task<string?> WhyStopped() => await WhyHalted() ?? await Control().WhyStopped();

    private ITradingControlGrain Control() => GrainFactory.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key);

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
