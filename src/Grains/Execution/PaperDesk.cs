using System.Collections.Immutable;
using BtcAgent.Domain.Execution;
using BtcAgent.Domain.Execution.Desk;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using BtcAgent.Grains.Measurement;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Orders on paper. The market fills them and also drives a flatten, so that a replay repeats both exactly. The venue is
/// simulated here: orders cancelled for a halt end at once, and no venue can disagree.
/// </summary>
internal sealed partial class PaperDesk : IOrderDesk, IClosingDesk
{
    private readonly IDeskHost _host;
    private readonly PaperOptions _options;
    private readonly SendFence _fence;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PositionCloser _closer;
    private readonly SharedWrites _deliveries;
    private readonly InstrumentStream _market = InstrumentStream.Forwarded();
    private PaperExecution? _execution;

    public PaperDesk(IDeskHost host, PaperOptions options, SendFence fence, TimeSpan orderLifetime, TimeProvider time, ILogger logger)
    {
        (_host, _options, _fence, _time, _logger) = (host, options, fence, time, logger);
        _closer = new PositionCloser(host, this, fence, orderLifetime, time);
        _deliveries = new SharedWrites(StoreAndDeliverAsync);
    }

    public ExecutionStatus Status => new(
        false, false, "on paper", Timestamp.Unknown, _execution?.OpenOrders.Count ?? 0, _execution?.Anomalies ?? 0, null, []);

    /// <summary>Null: on paper nothing remains to clear once the orders have ended.</summary>
    string? IClosingDesk.Unclear => null;

    /// <summary>Delivers stored fills again that the books may lack.</summary>
    public async Task StartAsync()
    {
        if (_host.Stored.Paper is not null)
        {
            await DeliverAsync(await LoadAsync());
        }
    }

    public async Task<Order> SubmitAsync(OrderIntent intent, SendTerms terms)
    {
        var execution = await LoadAsync();
        if (_fence.Refusal(terms) is { } refusal)
        {
            return OrderLifecycle.Deny(intent, refusal);
        }

        var result = execution.Submit(intent);
        if (result.IsNew)
        {
            await _deliveries.WriteAsync();
            AgentMeter.Orders.Add(1);
            LogSubmitted(_logger, _host.Portfolio, _host.Instrument, intent.ClientOrderId, intent.Side, intent.Quantity);
        }

        return result.Order;
    }

    public async Task<Order?> CancelAsync(string clientOrderId, string reason)
    {
        var execution = await LoadAsync();
        execution.Cancel(clientOrderId, execution.EventTime, reason);
        if (execution.HasChanges)
        {
            await _deliveries.WriteAsync();
        }

        return execution.RecentOrders.FirstOrDefault(order => order.Intent.ClientOrderId == clientOrderId);
    }

    public async Task<OpenOrders> GetOpenOrdersAsync() => new([.. (await LoadAsync()).OpenOrders], false, _fence.Epoch);

    public async Task<ImmutableArray<Order>> GetOrdersAsync(int limit) => await CanLoadAsync() ? [.. (await LoadAsync()).RecentOrders.Take(limit)] : [];

    public async Task<bool> OnMarketAsync(MarketDataBatch batch, int from, int to)
    {
        var execution = await LoadAsync();
        if (!_market.Open(batch, from, to))
        {
            return false;
        }

        if (_market.HasBegun)
        {
            execution.OnFeedReset();
        }

        while (_market.MoveNext())
        {
            execution.OnMarket(in _market.Current, _market.Levels);
        }

        if (execution.HasChanges)
        {
            await _deliveries.WriteAsync();
        }

        await CloseNextAsync();
        return !execution.HasBook;
    }

    /// <summary>An order goes to the simulation in the same turn as the check of the fence: none is in flight.</summary>
    public void Fence(string reason) => _fence.Raise(reason);

    public async Task<ClearAnswer> ClearAsync(string reason)
    {
        _fence.Raise(reason);
        if (!await CanLoadAsync())
        {
            var stored = _host.Stored.Paper?.Orders.Count(order => order.IsOpen) ?? 0;
            return new ClearAnswer(
                0, stored == 0 ? null : $"its {stored} open orders are not loaded: {_host.Instrument} has no trading rules before its feed starts");
        }

        var execution = await LoadAsync();
        var count = execution.CancelNow([.. ToClear(execution)], reason);
        var storing = execution.HasChanges ? _deliveries.WriteAsync() : Task.CompletedTask;
        await Task.WhenAny(storing, Task.Delay(IOrderDesk.AnswerWait, _time));
        var open = ToClear(execution).Count();
        return new ClearAnswer(
            count,
            open > 0 ? $"{open} paper orders are open"
            : storing.IsFaulted ? $"its cancels are not stored: {storing.Exception.GetBaseException().Message}"
            : storing.IsCompleted ? null : "its cancels are not stored yet");
    }

    public async Task<ClearAnswer> FlattenAsync(string reason, Timestamp asked)
    {
        var isNew = _closer.Begin(reason, asked) is not null;
        var cleared = await ClearAsync(reason);
        if (isNew)
        {
            await CloseNextAsync();
        }

        return cleared with { Pending = cleared.Pending ?? _closer.Pending };
    }

    public Task StandDownAsync(string reason)
    {
        _fence.EndFlatten(reason);
        return _closer.WithdrawAsync();
    }

    public Task OnReportAsync(ExecutionReport report) => Task.CompletedTask;

    public Task OnUnreadableAsync(string problem, string payload) => Task.CompletedTask;

    public void OnUserData(bool connected, string reason)
    {
    }

    public void Reconcile(string reason)
    {
    }

    public Task<AcceptedBalances> AcceptBalancesAsync(string reason) => Task.FromResult(new AcceptedBalances(null, []));

    public void Dispose()
    {
        _fence.Raise("the activation has ended");
        _fence.EndFlatten("the activation has ended");
    }

    async Task<(PortfolioSnapshot Books, string? WhyStale)> IClosingDesk.ReadBooksAsync()
    {
        if (_execution is not null)
        {
            await _deliveries.WriteAsync(); // The previous closing order's fills may still be on their way to the books.
        }

        return (await _host.GetBooksAsync(), null);
    }

    string? IClosingDesk.WhyNotClose(Side side) => null;

    Timestamp IClosingDesk.EventTimeOf(PortfolioSnapshot books) => _execution?.EventTime ?? books.EventTime;

    Task<Order> IClosingDesk.SubmitClosingAsync(OrderIntent intent, SendTerms terms) => SubmitAsync(intent, terms);

    private async Task CloseNextAsync()
    {
        if (_closer is { Work: not null, IsBusy: false } && _execution is null or { OpenOrders.Count: 0 })
        {
            await _closer.StepAsync();
        }
    }

    private IEnumerable<Order> ToClear(PaperExecution execution)
    {
        var scope = new ClearScope(KeepsProtectiveStop: false, _closer.OwnIds);
        return execution.OpenOrders.Where(order => !scope.Spares(order.Intent.ClientOrderId));
    }

    /// <summary>
    /// Stores and delivers. Fills that are not booked are part of the stored state, so that a crash repeats them and loses
    /// none; the portfolio books each once.
    /// </summary>
    private async Task StoreAndDeliverAsync()
    {
        var execution = _execution!;
        _host.Stored.Paper = execution.ToState();
        await _host.StoreAsync();
        foreach (var order in execution.TakeChangedOrders())
        {
            _host.Publish(order);
            LogOrder(_logger, _host.Portfolio, _host.Instrument, order.Intent.ClientOrderId, order.Status, order.FilledQuantity, order.Reason ?? "");
        }

        await DeliverAsync(execution);
    }

    private async Task DeliverAsync(PaperExecution execution)
    {
        ImmutableArray<Fill> fills = [.. execution.TakeFills()];
        if (fills.IsEmpty)
        {
            return;
        }

        try
        {
            await _host.BookAsync(fills);
        }
        catch
        {
            // The next activation finds the fills in the stored state and delivers them again.
            _host.End();
            throw;
        }

        _host.Stored.Paper = execution.ToState();
        await _host.StoreAsync();
    }

    private async Task<bool> CanLoadAsync() => _execution is not null || await _host.GetRulesAsync() is not null;

    private async Task<PaperExecution> LoadAsync()
    {
        if (_execution is null)
        {
            var rules = await _host.GetRulesAsync()
                ?? throw new InvalidOperationException($"{_host.Instrument} has no trading rules yet: its feed has not started");
            _execution ??= new PaperExecution(_host.Portfolio, rules, _options, _host.Stored.Paper);
        }

        return _execution;
    }
}
