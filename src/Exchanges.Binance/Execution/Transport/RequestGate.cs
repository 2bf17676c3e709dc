using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Exchanges.Binance.Rest;

namespace BtcAgent.Exchanges.Binance.Execution.Transport;

/// <summary>
/// Keeps requests within the venue's limits by its own count. Refuses a command that would exceed them; a query waits.
/// </summary>
internal sealed class RequestGate(WeightBudget weights, int ordersPerTenSecondsMax, TimeProvider time)
{
    private const string OrderCountHeader = "X-MBX-ORDER-COUNT-10S";
    private const string WeightHeader = "X-MBX-USED-WEIGHT-1M";
    private static readonly TimeSpan OrderWindow = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long _ordersClosedSince;
    private TimeSpan _ordersClosedFor;
    private long _window;
    private int _orders;

    /// <summary>Returns why the request is refused, or null when it may be sent.</summary>
    public async Task<string?> EnterAsync(ApiCall call, CancellationToken cancellationToken)
    {
        if (!call.IsCommand)
        {
            await weights.SpendAsync(call.Weight, cancellationToken);
            return null;
        }

        if (call.IsOrder && !TryCountOrder())
        {
            return $"order limit: {ordersPerTenSecondsMax} orders in 10 s, or the venue asked for a pause";
        }

        return weights.TrySpend(call.Weight) ? null : "request limit: the venue's weight of this minute is spent, or it asked for a pause";
    }

    public void Read(HttpResponseHeaders headers)
    {
        if (NumberIn(headers, WeightHeader) is { } weight)
        {
            weights.Report(weight);
        }

        if (NumberIn(headers, OrderCountHeader) is { } orders)
        {
            ReportOrders(orders);
        }
    }

    /// <summary>The <c>rateLimits</c> of a WebSocket answer.</summary>
    public void Read(JsonElement rateLimits)
    {
        foreach (var limit in rateLimits.EnumerateArray())
        {
            var interval = (limit.GetProperty("interval").GetString(), limit.GetProperty("intervalNum").GetInt32());
            var count = limit.GetProperty("count").GetInt32();
            switch (limit.GetProperty("rateLimitType").GetString(), interval)
            {
                case ("REQUEST_WEIGHT", ("MINUTE", 1)):
                    weights.Report(count);
                    break;
                case ("ORDERS", ("SECOND", 10)):
                    ReportOrders(count);
                    break;
            }
        }
    }

    /// <summary>Blocks requests until then, after 429, 418 or −1015.</summary>
    public void Pause(bool ordersOnly, TimeSpan? retryAfter)
    {
        if (!ordersOnly)
        {
            weights.Close(retryAfter ?? RetryAfter.Default);
            return;
        }

        lock (_lock)
        {
            (_ordersClosedSince, _ordersClosedFor) = (time.GetTimestamp(), retryAfter ?? OrderWindow);
        }
    }

    /// <summary>Weight budget and pauses, shared by all connections to the venue.</summary>
    public WeightBudget Weights => weights;

    /// <summary>Settles the weight: since 2026-04-02 the venue charges orders and cancels only when they fail.</summary>
    public void Settle(ApiCall call, ApiResult result)
    {
        if (call.IsCommand && result.Outcome == VenueOutcome.Done)
        {
            weights.Refund(call.Weight);
        }
    }

    private bool TryCountOrder()
    {
        lock (_lock)
        {
            Roll();
            if (_orders >= ordersPerTenSecondsMax || time.GetElapsedTime(_ordersClosedSince) < _ordersClosedFor)
            {
                return false;
            }

            _orders++;
            return true;
        }
    }

    private void ReportOrders(int count)
    {
        lock (_lock)
        {
            Roll();
            _orders = Math.Max(_orders, count);
        }
    }

    private void Roll()
    {
        var window = time.GetUtcNow().UtcTicks / OrderWindow.Ticks;
        if (window != _window)
        {
            _window = window;
            _orders = 0;
        }
    }

    private static int? NumberIn(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values)
        && int.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;
}
