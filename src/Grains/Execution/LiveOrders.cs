using System.Collections.Immutable;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;
using BtcAgent.Grains.Storage;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// The orders of a live desk: stores changes, delivers stored fills to the books, and acts on doubts. Empty until the
/// instrument's rules are known.
/// </summary>
internal sealed partial class LiveOrders
{
    private readonly LiveWork _work;
    private readonly TwinMeasurement _twins;
    private readonly LiveExecutionState? _restored;
    private readonly SharedWrites _writes;
    private bool _isDelivering;

    public LiveOrders(LiveWork work, TwinMeasurement twins)
    {
        (_work, _twins) = (work, twins);
        _restored = work.Host.Stored.Live;
        _writes = new SharedWrites(WriteAsync, () => Version);
    }

    /// <summary>Null until the instrument's rules are known.</summary>
    public LiveExecution? Execution { get; private set; }

    /// <summary>Changes with every order, and with fills that the books have accepted.</summary>
    public long Version => Execution?.Version ?? 0;

    public IReadOnlyList<Order> Open => Execution?.OpenOrders ?? [];

    /// <summary>Open orders except the protective stop, which is cancelled for each of the agent's sell orders.</summary>
    public IReadOnlyList<Order> OpenToTrade => [.. Open.Where(order => !ProtectiveStop.Is(order))];

    /// <summary>Orders in memory, newest first.</summary>
    public IReadOnlyList<Order> Recent => Execution?.RecentOrders ?? [];

    /// <summary>Orders in memory or, before the rules are known, as stored.</summary>
    public IEnumerable<Order> Known => Execution?.RecentOrders ?? _restored?.Orders ?? Enumerable.Empty<Order>();

    /// <summary>Whether orders were open when the previous activation ended: some may still be in flight.</summary>
    public bool WereOpen => _restored?.Orders.Any(order => order.IsOpen) ?? false;

    public static bool IsOwn(Order order) => DecisionId.IsOwn(order.Intent.ClientOrderId);

    public LiveExecution Load(TradingRules rules)
    {
        _twins.Load(rules);
        return Execution ??= new LiveExecution(_work.Host.Portfolio, rules, _restored);
    }

    /// <summary>Completes when the current orders are stored.</summary>
    public Task StoreAsync() => _writes.WriteAsync();

    public async Task StoreAndDeliverAsync()
    {
        await StoreAsync();
        LogChanged();
        await ActOnDoubtsAsync();
        if (_isDelivering)
        {
            return; // A delivery is in progress.
        }

        _isDelivering = true;
        try
        {
            while (Execution!.PendingFills.Count > 0)
            {
                ImmutableArray<Fill> fills = [.. Execution.PendingFills];
                await _work.Host.BookAsync(fills);
                Execution.FillsBooked(fills.Length);
            }
        }
        finally
        {
            _isDelivering = false;
        }
    }

    /// <summary>Ends orders that will never be sent. Stores in the background, since the store may be what fails.</summary>
    public void NeverSent(IReadOnlyList<string> clientOrderIds, string reason)
    {
        foreach (var id in clientOrderIds)
        {
            Execution?.NeverSent(id, reason, _work.Now);
        }

        if (clientOrderIds.Count > 0 && Execution is not null)
        {
            _ = _work.Run(StoreAndDeliverAsync());
        }
    }

    /// <summary>Logs each changed order, and starts or settles its twin.</summary>
    public void LogChanged()
    {
        foreach (var order in Execution!.TakeChangedOrders())
        {
            _twins.OnLive(order, Execution.PendingFills);
            _work.Host.Publish(order);
            LogOrder(
                _work.Logger, _work.Host.Portfolio, _work.Host.Instrument, order.Intent.ClientOrderId, order.Status, order.FilledQuantity, order.Reason ?? "");
        }
    }

    private Task WriteAsync()
    {
        _work.Host.Stored.Live = Execution!.ToState();
        return _work.Host.StoreAsync();
    }

    /// <summary>
    /// Logs each doubt once, and halts where the rule requires it. The next activation repeats a halt that fails.
    /// </summary>
    private async Task ActOnDoubtsAsync()
    {
        foreach (var doubt in Execution!.TakeNewDoubts())
        {
            LogDoubt(_work.Logger, _work.Host.Portfolio, _work.Host.Instrument, doubt.Kind, doubt.Action, doubt.Words, doubt.Payload);
            if (doubt.Action == DoubtAction.Halt)
            {
                await _work.Run(_work.Host.HaltAsync($"DOUBT: {doubt.Kind}: {doubt.Words}"));
            }
        }
    }
}
