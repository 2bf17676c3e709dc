using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Execution;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;
using BtcAgent.Grains.Control;
using BtcAgent.Grains.Keys;

namespace BtcAgent.Grains.Risk;

/// <summary>
/// Carries out a halt, in addition to refusing orders: nothing decided before it is sent, and open orders are cleared, or
/// positions closed, until the executions confirm it. Does the same for a halt by a breaker, and after a restart.
/// </summary>
internal sealed partial class RiskGrain
{
    private static readonly TimeSpan ClearMost = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan ClearEvery = TimeSpan.FromSeconds(1);

    private PendingHalt? _clearing;
    private IGrainTimer? _clearTimer;
    private Task _clearTry = Task.CompletedTask;
    private string _clearWords = "";

    /// <summary>
    /// Checks again before an approved order goes to its execution: everything may have changed while the decision was
    /// stored. A change after this check changes the execution's epoch.
    /// </summary>
    private async Task<Order> Send(OrderIntent intent, SendTerms terms)
    {
        var stopped = await Control().WhyStopped(Portfolio);
        if (_engine.Breaker.Mode == BreakerMode.Halted)
        {
            stopped = $"HALTED: {_engine.Breaker.Reason}";
        }

        var order = stopped is not null ? OrderLifecycle.Deny(intent, stopped) : await Execution(intent.Instrument).Submit(intent, terms);
        if (order.Status == OrderStatus.Denied)
        {
            LogNotSent(logger, Portfolio, intent.ClientOrderId, order.Reason ?? "");
        }

        return order;
    }

    public async Task<bool> Release(BreakerState halt, string reason)
    {
        if (_engine.Breaker != halt || _clearing is not null)
        {
            return false;
        }

        _engine.Resume(reason, Now());
        await Store();
        ReportBreaker(halt);
        return true;
    }

    private async Task StoreAndStop(BreakerState before)
    {
        if (_engine.Breaker == before)
        {
            await StoreIfPossible();
            return;
        }

        var halted = _engine.Breaker.Mode == BreakerMode.Halted;
        if (halted)
        {
            BeginClearing();
        }

        await StoreIfPossible();
        ReportBreaker(before);
        if (halted)
        {
            await _clearTry; // In a replay the market waits for it.
        }
    }

    /// <summary>Publishes and logs a move of the breaker; a resume of an active portfolio is none.</summary>
    private void ReportBreaker(BreakerState before)
    {
        var now = _engine.Breaker;
        if (now == before)
        {
            return;
        }

        facts.Publish(new AgentEventFact(
            AgentEventKind.Breaker, Portfolio, $"{_engine.ToState().Cause}", $"{before.Mode}", $"{now.Mode}", "risk", now.Reason, Now()));
        LogBreaker(logger, Portfolio, now.Mode, now.Reason);
    }

    /// <summary>Starts at once and retries until nothing is pending.</summary>
    private void BeginClearing()
    {
        _clearing = new PendingHalt(
            _engine.Breaker.Reason,
            Instruments().Select(instrument => new HaltPart($"orders of {GrainKeys.Execution(Portfolio, instrument)}", () => Clear(instrument))));
        _clearTimer ??= this.RegisterGrainTimer(TryToClear, new GrainTimerCreationOptions(ClearEvery, ClearEvery) { Interleave = true });
        _ = TryToClear();
    }

    private void StopClearing()
    {
        _clearing = null;
        _clearTimer?.Dispose();
        _clearTimer = null;
        _clearWords = "";
    }

    private Task TryToClear() => _clearTry.IsCompleted ? _clearTry = ClearAll() : _clearTry;

    private async Task ClearAll()
    {
        if (_clearing is not { } clearing)
        {
            return;
        }

        await clearing.TryAsync(ClearMost, time);
        if (!ReferenceEquals(clearing, _clearing))
        {
            return; // Superseded by another halt, or by a resume.
        }

        if (!clearing.IsDone)
        {
            if (clearing.Progress != _clearWords)
            {
                LogUncleared(logger, Portfolio, _clearWords = clearing.Progress);
            }

            return;
        }

        StopClearing();
        LogCleared(logger, Portfolio, clearing.Reason);
        await EndFlatten(); // Stays in the state until all positions are closed, so that a crash repeats it.
    }

    private async Task<string?> Clear(InstrumentId instrument)
    {
        var answer = _engine.FlattenPending
            ? await Execution(instrument).Flatten(_engine.Breaker.Reason, _engine.Breaker.Since)
            : await Execution(instrument).CancelAll(_engine.Breaker.Reason);
        return answer.Pending;
    }

    private Timestamp NotAfter() => options.Value.WaitForDecisions
        ? new Timestamp(long.MaxValue)
        : Now() + liveOptions.Value.IntentLifetime;

    private IExecutionGrain Execution(InstrumentId instrument) =>
        GrainFactory.GetGrain<IExecutionGrain>(GrainKeys.Execution(Portfolio, instrument));

    private ITradingControlGrain Control() => GrainFactory.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key);
}
