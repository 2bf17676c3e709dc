using System.Collections.Concurrent;
using System.Net;
using BtcAgent.Exchanges.Simulator.Faults;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>The venue's record of the senders and times of order requests.</summary>
internal sealed class RequestLog
{
    private readonly ConcurrentQueue<(long At, VenueRequest Request)> _trading = new();

    public void Add(VenueRequest request)
    {
        if (request.IsTrading)
        {
            _trading.Enqueue((TimeProvider.System.GetTimestamp(), request));
        }
    }

    /// <summary>Address of the last sender of an order; null before the first order.</summary>
    public IPAddress? LastTrader => _trading.LastOrDefault(r => r.Request.Method == "order.place").Request?.From;

    /// <summary>Clock ticks of the first accepted order after this moment.</summary>
    public long? FirstOrderAfter(long ticks) => _trading
        .Where(r => r.At > ticks && r.Request is { Method: "order.place", Status: 200 }).Select(r => (long?)r.At).FirstOrDefault();

    /// <summary>Methods, answers and senders after this moment.</summary>
    public string After(long ticks) => string.Join(", ", _trading.Where(r => r.At > ticks)
        .GroupBy(r => $"{r.Request.Method} {r.Request.Status} of {r.Request.From}").Select(group => $"{group.Count()} {group.Key}"));

    /// <summary>Senders of orders between two moments, one entry per change.</summary>
    public IReadOnlyList<IPAddress> Traders(long from, long to)
    {
        var traders = new List<IPAddress>();
        foreach (var (at, request) in _trading)
        {
            if (at > from && at <= to && request.From is { } address && (traders.Count == 0 || !traders[^1].Equals(address)))
            {
                traders.Add(address);
            }
        }

        return traders;
    }
}
