using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Leaving nothing of ours open at the venue, by the venue's own list. Orders of others stay: ours are those whose client id is of
/// our making, and those that we know by the venue's id whatever they are called there by now.
/// </summary>
internal sealed partial class LiveDesk
{
    private const int IdsShown = 3;

    private static readonly TimeSpan ClearPauseMax = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _canceling = new(StringComparer.Ordinal);
    private readonly bool _restoredOpen = host.Restored?.Orders.Any(order => order.IsOpen) ?? false;
    private ClearScope? _scope;
    private Task _clearing = Task.CompletedTask;

    /// <summary>What a halt or flatten has not cleared yet, and why; null when the venue's list shows that it has.</summary>
    public string? Unclear { get; private set; } = "not begun";

    /// <summary>Changes with every order, and with fills that the books have taken.</summary>
    public long Version => _execution?.Version ?? 0;

    /// <summary>Ends orders that will never be sent; stored beside.</summary>
    public void Withdrawn(IReadOnlyList<string> clientOrderIds, string reason)
    {
        foreach (var id in clientOrderIds)
        {
            _execution?.NeverSent(id, reason, Now());
        }

        if (clientOrderIds.Count > 0 && _execution is not null)
        {
            _ = Run(StoreAndDeliver());
        }
    }

    /// <summary>Sends cancels at once, then has the venue's list show that they worked; waits for neither store nor venue.</summary>
    /// <param name="reason">For the cancelled orders.</param>
    /// <param name="scope">What stays.</param>
    /// <returns>How many cancels were sent at once, and the work that ends when <see cref="Unclear"/> is null.</returns>
    public (int Count, Task Cleared) Clear(string reason, ClearScope scope)
    {
        _scope = scope;
        var count = CancelKnown(scope, reason);
        if (_clearing.IsCompleted)
        {
            Unclear = "its open orders are asked for at the venue";
            _clearing = Run(ClearAsync(reason));
        }

        return (count, _clearing);
    }

    /// <summary>Clears no more: an operator resumed.</summary>
    public void StopClearing() => _scope = null;

    /// <summary>Null when books that were read since hold every fill that we know of.</summary>
    /// <param name="version">From before they were read.</param>
    public string? WhyStale(long version) => _execution is null ? NotRead()
        : _execution.PendingFills.Count > 0 ? "fills are on their way to the books"
        : Version != version ? "an order changed while the books were read" : null;

    /// <summary>Null when an order that closes the position may be sent; else what might close it too.</summary>
    public string? WhyNotClose(Side side)
    {
        if (_execution?.TradesReadTo is null)
        {
            return NotRead();
        }

        return OpenOrders.FirstOrDefault(order => order.Intent.Side == side && IsOwn(order)) is { } open
            ? $"{open.Intent.ClientOrderId} has not ended: {open.Status}" : null;
    }

    /// <summary>Sends for the end of what is known to be open; stored beside, for the store may be what fails.</summary>
    private int CancelKnown(ClearScope scope, string reason)
    {
        var asked = OpenOrders
            .Where(order => IsOwn(order) && !scope.Spares(order.Intent.ClientOrderId)
                && _execution!.RequestCancel(order.Intent.ClientOrderId, order.UpdatedAt, reason))
            .ToList();
        foreach (var order in asked)
        {
            _ = Run(SendCancelAsync(order.Intent.ClientOrderId));
        }

        if (asked.Count > 0)
        {
            _ = Run(StoreAndDeliver());
        }

        return asked.Count;
    }

    private async Task ClearAsync(string reason)
    {
        var pause = TimeSpan.FromMilliseconds(options.RetryMs);
        while (_scope is { } scope)
        {
            var permits = fence.Permits;
            Unclear = await ClearOnceAsync(scope, reason);
            if (Unclear is null)
            {
                if (scope == _scope && permits == fence.Permits)
                {
                    return;
                }

                Unclear = "its open orders are asked for again"; // The list may be older than an order of ours.
            }

            await Task.Delay(pause, time, _ending.Token);
            pause = pause * 2 > ClearPauseMax ? ClearPauseMax : pause * 2;
        }
    }

    /// <returns>Null when nothing of ours is open at the venue, on its way there or without a known end.</returns>
    private async Task<string?> ClearOnceAsync(ClearScope scope, string reason)
    {
        CancelKnown(scope, reason);
        var onTheirWay = fence.OnTheirWay(venue.RequestLifetime).Where(id => !scope.Spares(id)).ToList();
        List<VenueOrder> listed;
        try
        {
            var open = await venue.GetOpenOrdersAsync(instrument, _ending.Token);
            listed = [.. open.Where(order => IsOurs(order) && !scope.Spares(order.ClientOrderId))];
        }
        catch (Exception e) when (e is ExecutionVenueException or FormatException)
        {
            return $"the venue does not list its open orders: {e.Message}";
        }

        foreach (var order in listed)
        {
            _ = Run(SendCancelAsync(order.ClientOrderId, order.VenueOrderId));
        }

        var known = OpenOrders.Where(order => IsOwn(order) && !scope.Spares(order.Intent.ClientOrderId)).Select(order => order.Intent.ClientOrderId).ToList();
        return listed.Count > 0 ? $"open at the venue: {Shown([.. listed.Select(order => order.ClientOrderId)])}"
            : onTheirWay.Count > 0 ? $"sent and not answered: {Shown(onTheirWay)}"
            : _execution is null ? NotRead()
            : known.Count > 0 ? $"without a known end: {Shown(known)}" : null;
    }

    /// <summary>What was sent before a restart may have left as late as its lifetime allowed.</summary>
    private TimeSpan ArrivalMax() =>
        venue.RequestLifetime + (_restoredOpen && !_reconciledAt.IsKnown ? TimeSpan.FromMilliseconds(options.IntentLifetimeMs) : TimeSpan.Zero);

    private string NotRead() => $"its orders are not read yet: {_reason}";

    private bool IsOurs(VenueOrder order) => order.ClientOrderId.StartsWith(DecisionId.OwnOrders, StringComparison.Ordinal)
        || (_execution?.RecentOrders ?? host.Restored?.Orders ?? []).Any(known => IsOwn(known) && known.VenueOrderId == order.VenueOrderId);

    private static bool IsOwn(Order order) => order.Intent.ClientOrderId.StartsWith(DecisionId.OwnOrders, StringComparison.Ordinal);

    private static string Shown(List<string> ids) =>
        string.Join(", ", ids.Take(IdsShown)) + (ids.Count > IdsShown ? $" and {ids.Count - IdsShown} more" : "");
}
