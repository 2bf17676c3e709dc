using System.Collections.Immutable;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Measurement;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Sends orders to a real venue and keeps them in agreement with it. Grain calls never await requests to the venue, so that
/// a venue that does not answer delays neither reports nor the kill switch. A flatten also runs in parallel with the calls.
/// </summary>
internal sealed partial class LiveDesk : IOrderDesk, IClosingDesk
{
    private static readonly TimeSpan ClosePause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ClosePauseMax = TimeSpan.FromSeconds(1);

    private readonly IDeskHost _host;
    private readonly SendFence _fence;
    private readonly TimeProvider _time;
    private readonly LiveWork _work;
    private readonly TwinMeasurement _twins;
    private readonly LiveOrders _orders;
    private readonly VenueAgreement _agreement = new();
    private readonly OrderSender _sender;
    private readonly AccountComparison _account;
    private readonly Reconciler _reconciler;
    private readonly VenueClearing _clearing;
    private readonly PositionCloser _closer;
    private Task _closing = Task.CompletedTask;

    public LiveDesk(
        IDeskHost host,
        IExecutionVenue venue,
        LiveOptions options,
        PaperOptions twins,
        SendFence fence,
        TimeSpan orderLifetime,
        TimeProvider time,
        ILogger logger)
    {
        (_host, _fence, _time) = (host, fence, time);
        _work = new LiveWork(host, venue, options, time, logger);
        _twins = new TwinMeasurement(_work, twins);
        _orders = new LiveOrders(_work, _twins);
        _sender = new OrderSender(_work, _orders, _agreement, fence);
        _account = new AccountComparison(_work, _orders, _agreement);
        _reconciler = new Reconciler(_work, _orders, _agreement, _sender, _account, new StopGuard(_work, _orders, _sender, fence));
        _clearing = new VenueClearing(_work, _orders, _sender, _agreement, fence);
        _closer = new PositionCloser(host, this, fence, orderLifetime, time);
    }

    public ExecutionStatus Status => new(
        true,
        _agreement.InDoubt,
        _agreement.Reason,
        _agreement.ReconciledAt,
        _orders.Open.Count,
        _orders.Execution?.Anomalies ?? 0,
        _orders.Execution?.LastAnomaly,
        [.. _orders.Execution?.Corrections ?? []],
        _sender.ErrorRate,
        _sender.RejectRate,
        _twins.SlippageBps,
        _twins.DelayMs)
    {
        Doubts = _orders.Execution?.Doubts ?? [],
        StandsStill = _agreement.StopReason,
    };

    string? IClosingDesk.Unclear => _clearing.Unclear;

    /// <summary>Continues with the stored orders, and queries the venue in the background.</summary>
    public Task StartAsync()
    {
        if (_host.Standstill is { } standstill)
        {
            StayStopped(standstill);
        }
        else
        {
            _agreement.Ask("the agent starts: orders are compared with the venue", doubt: true);
            _ = _work.Run(_reconciler.RunAsync());
        }

        CloseInBackground();
        return Task.CompletedTask;
    }

    public Task<Order> SubmitAsync(OrderIntent intent, SendTerms terms)
    {
        AgentMeter.Orders.Add(1);
        return _sender.SubmitAsync(intent, terms, closes: false);
    }

    public Task<Order?> CancelAsync(string clientOrderId, string reason) => _sender.CancelAsync(clientOrderId, reason);

    public Task<OpenOrders> GetOpenOrdersAsync() => Task.FromResult(new OpenOrders([.. _orders.OpenToTrade], _agreement.InDoubt, _fence.Epoch));

    public Task<ImmutableArray<Order>> GetOrdersAsync(int limit) => Task.FromResult<ImmutableArray<Order>>([.. _orders.Recent.Take(limit)]);

    /// <summary>Passes the market to the orders' twins, without waiting for them.</summary>
    public Task<bool> OnMarketAsync(MarketDataBatch batch, int from, int to) => Task.FromResult(_twins.Follow(batch, from, to));

    public void Fence(string reason) => _orders.NeverSent(_fence.Raise(reason), $"HALTED: {reason}");

    public async Task<ClearAnswer> ClearAsync(string reason)
    {
        var withdrawn = _fence.Raise(reason);
        _orders.NeverSent(withdrawn, $"HALTED: {reason}");
        var (count, cleared) = _clearing.Begin(reason, new ClearScope(KeepsProtectiveStop: _closer.Work is null, _closer.OwnIds));
        await Task.WhenAny(cleared, Task.Delay(IOrderDesk.AnswerWait, _time));
        return new ClearAnswer(withdrawn.Count + count, _clearing.Unclear);
    }

    public async Task<ClearAnswer> FlattenAsync(string reason, Timestamp asked)
    {
        var stored = _closer.Begin(reason, asked) ?? Task.CompletedTask;
        var cleared = await ClearAsync(reason);
        CloseInBackground();
        await Task.WhenAny(Task.WhenAll(stored, _closing), Task.Delay(IOrderDesk.AnswerWait, _time));
        return cleared with { Pending = _closer.Work is null ? cleared.Pending : cleared.Pending ?? _closer.Pending };
    }

    public Task StandDownAsync(string reason)
    {
        _orders.NeverSent(_fence.EndFlatten(reason), $"HALTED: {reason}");
        _clearing.Stop();
        return _closer.WithdrawAsync();
    }

    public async Task OnReportAsync(ExecutionReport report)
    {
        if (_orders.Execution is not { } execution)
        {
            return; // The pending comparison finds it.
        }

        var anomalies = execution.Anomalies;
        execution.Receive(report);
        if (execution.Anomalies != anomalies)
        {
            LogAnomaly(_work.Logger, _host.Portfolio, _host.Instrument, execution.LastAnomaly ?? "");
            _agreement.Ask($"anomaly: {execution.LastAnomaly}", doubt: true);
        }

        await _orders.StoreAndDeliverAsync();
        if (execution.HasQuestions && report.Kind != ExecutionReportKind.Accepted)
        {
            _ = _work.Run(AskLaterAsync(execution));
        }
    }

    /// <summary>Requests a comparison: the venue's records show what the message was about.</summary>
    public async Task OnUnreadableAsync(string problem, string payload)
    {
        if (_orders.Execution is not { } execution)
        {
            return; // The pending comparison reads all records.
        }

        execution.Unreadable(problem, payload, _work.Now);
        _agreement.Ask($"a message cannot be read: {problem}", doubt: true);
        await _orders.StoreAndDeliverAsync();
    }

    public void OnUserData(bool connected, string reason)
    {
        if (connected)
        {
            _agreement.Ask("the user data stream is connected again", doubt: true);
        }
        else
        {
            _agreement.Doubt($"no user data: {reason}");
        }
    }

    public void Reconcile(string reason) => _agreement.Ask(reason, doubt: false);

    public Task<AcceptedBalances> AcceptBalancesAsync(string reason) => _account.AcceptAsync(reason);

    public void Dispose()
    {
        _fence.Raise("the activation has ended");
        _fence.EndFlatten("the activation has ended");
        _work.Dispose();
    }

    /// <summary>Books read while no order changed contain every known fill.</summary>
    async Task<(PortfolioSnapshot Books, string? WhyStale)> IClosingDesk.ReadBooksAsync()
    {
        var version = _orders.Version;
        var books = await _host.GetBooksAsync();
        return (books, _orders.Execution is not { } execution ? NotRead()
            : execution.PendingFills.Count > 0 ? "fills are being booked"
            : execution.Version != version ? "an order changed while the books were read" : null);
    }

    string? IClosingDesk.WhyNotClose(Side side) =>
        _orders.Execution?.TradesReadTo is null ? NotRead()
        : _orders.Open.FirstOrDefault(order => order.Intent.Side == side && LiveOrders.IsOwn(order)) is { } open
            ? $"{open.Intent.ClientOrderId} has not ended: {open.Status}" : null;

    Timestamp IClosingDesk.EventTimeOf(PortfolioSnapshot books) => books.EventTime;

    Task<Order> IClosingDesk.SubmitClosingAsync(OrderIntent intent, SendTerms terms)
    {
        AgentMeter.Orders.Add(1);
        return _sender.SubmitAsync(intent, terms, closes: true);
    }

    private string NotRead() => $"its orders are not read yet: {_agreement.Reason}";

    /// <summary>Does not start: earlier activations have failed, and this one would, too.</summary>
    private void StayStopped(Standstill standstill)
    {
        _agreement.Stop(standstill.Words);
        LogStopped(_work.Logger, _host.Portfolio, _host.Instrument, standstill.Words);
        _ = _work.Run(standstill.MayPass ? EndLaterAsync() : HaltUntilDoneAsync($"EXECUTION: {_host.Instrument} {standstill.Words}"));
    }

    /// <summary>Ends the activation after a while; the next one tries again.</summary>
    private async Task EndLaterAsync()
    {
        await _work.DelayAsync(ActivationFailures.RetryEvery);
        _host.End();
    }

    private async Task HaltUntilDoneAsync(string reason)
    {
        while (true)
        {
            try
            {
                await _host.HaltAsync(reason);
                return;
            }
            catch (Exception e) when (!_work.Ending.IsCancellationRequested)
            {
                LogHaltFailed(_work.Logger, _host.Portfolio, _host.Instrument, e.Message);
                await _work.DelayAsync(ReconciliationPace.PauseMax);
            }
        }
    }

    private async Task AskLaterAsync(LiveExecution execution)
    {
        await _work.DelayAsync(_work.Options.QuestionDelay);
        if (execution.HasQuestions)
        {
            _agreement.Ask("a report leaves a question", doubt: false);
        }
    }

    /// <summary>Runs a flatten until it is complete or withdrawn.</summary>
    private void CloseInBackground()
    {
        if (_closer.Work is not null && _closing.IsCompleted)
        {
            _closing = _work.Run(CloseAsync());
        }
    }

    private async Task CloseAsync()
    {
        await Task.Yield(); // Lets the caller's turn finish first: it may be an activation.
        if (_closer.Work is { } restored && _clearing.Unclear is not null)
        {
            _clearing.Begin(restored.Reason, new ClearScope(KeepsProtectiveStop: false, _closer.OwnIds));
        }

        for (var pause = ClosePause; _closer.Work is { } work;)
        {
            await _closer.StepAsync();
            pause = _closer.Work?.Attempts != work.Attempts ? ClosePause : pause * 2 > ClosePauseMax ? ClosePauseMax : pause * 2;
            if (_closer.Work is not null)
            {
                await _work.DelayAsync(pause);
            }
        }
    }
}
