using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Grains.Execution;

/// <summary>
/// Clears our open orders at the venue, by the venue's own list. Leaves orders of others: ours are those with a client id
/// that we generated, and those whose venue id we know, whatever their current client order id.
/// </summary>
internal sealed class VenueClearing(LiveWork work, LiveOrders orders, OrderSender sender, VenueAgreement agreement, SendFence fence)
{
    private const int IdsShown = 3;

    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(1);

    private ClearScope? _scope;
    private Task _clearing = Task.CompletedTask;

    /// <summary>
    /// Part that a halt or flatten has not cleared yet, with the reason; null when the venue's list shows that it is cleared.
    /// </summary>
    public string? Unclear { get; private set; } = "not begun";

    /// <summary>Sends cancels at once, then checks the venue's list; waits for neither store nor venue.</summary>
    /// <param name="reason">Reason recorded with the cancelled orders.</param>
    /// <param name="scope">Orders to leave.</param>
    /// <returns>Number of cancels sent at once, and the work that completes when <see cref="Unclear"/> is null.</returns>
    public (int Count, Task Cleared) Begin(string reason, ClearScope scope)
    {
        _scope = scope;
        var count = CancelKnown(scope, reason);
        if (_clearing.IsCompleted)
        {
            Unclear = "querying its open orders at the venue";
            _clearing = work.Run(ClearAsync(reason));
        }

        return (count, _clearing);
    }

    /// <summary>Stops clearing, after an operator has resumed.</summary>
    public void Stop() => _scope = null;

    /// <summary>
    /// Sends cancels for all orders known to be open. Stores in the background, since the store may be what fails.
    /// </summary>
    private int CancelKnown(ClearScope scope, string reason)
    {
        var asked = Known(scope)
            .Where(order => orders.Execution!.RequestCancel(order.Intent.ClientOrderId, order.UpdatedAt, reason))
            .ToList();
        foreach (var order in asked)
        {
            sender.StartCancel(order.Intent.ClientOrderId);
        }

        if (asked.Count > 0)
        {
            _ = work.Run(orders.StoreAndDeliverAsync());
        }

        return asked.Count;
    }

    private async Task ClearAsync(string reason)
    {
        var pause = work.Options.FirstRetry;
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

                Unclear = "querying its open orders again"; // The list may be older than an order of the agent.
            }

            await work.DelayAsync(pause);
            pause = pause * 2 > PauseMax ? PauseMax : pause * 2;
        }
    }

    /// <returns>Null when none of the agent's orders is open at the venue, in flight or without a known end.</returns>
    private async Task<string?> ClearOnceAsync(ClearScope scope, string reason)
    {
        CancelKnown(scope, reason);
        var onTheirWay = fence.InFlight(work.Venue.RequestLifetime).Where(id => !scope.Spares(id)).ToList();
        List<VenueOrder> listed;
        try
        {
            var open = await work.Venue.GetOpenOrdersAsync(work.Host.Instrument, work.Ending);
            listed = [.. open.Where(order => IsOurs(order) && !scope.Spares(order.ClientOrderId))];
        }
        catch (Exception e) when (e is ExecutionVenueException or FormatException)
        {
            return $"the venue does not list its open orders: {e.Message}";
        }

        foreach (var order in listed)
        {
            sender.StartCancel(order.ClientOrderId, order.VenueOrderId);
        }

        var known = Known(scope).Select(order => order.Intent.ClientOrderId).ToList();
        return listed.Count > 0 ? $"open at the venue: {Shown([.. listed.Select(order => order.ClientOrderId)])}"
            : onTheirWay.Count > 0 ? $"sent and not answered: {Shown(onTheirWay)}"
            : orders.Execution is null ? $"its orders are not read yet: {agreement.Reason}"
            : known.Count > 0 ? $"without a known end: {Shown(known)}" : null;
    }

    private IEnumerable<Order> Known(ClearScope scope) =>
        orders.Open.Where(order => LiveOrders.IsOwn(order) && !scope.Spares(order.Intent.ClientOrderId));

    private bool IsOurs(VenueOrder order) => DecisionId.IsOwn(order.ClientOrderId)
        || orders.Known.Any(known => LiveOrders.IsOwn(known) && known.VenueOrderId == order.VenueOrderId);

    private static string Shown(List<string> ids) =>
        string.Join(", ", ids.Take(IdsShown)) + (ids.Count > IdsShown ? $" and {ids.Count - IdsShown} more" : "");
}
