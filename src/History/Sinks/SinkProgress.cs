using BtcAgent.Contracts.Facts;

namespace BtcAgent.History.Sinks;

/// <summary>Counts and lag of a sink. Thread-safe.</summary>
internal sealed class SinkProgress
{
    private readonly Lock _lock = new();
    private long _stored;
    private long _unreadable;
    private string? _problem;
    private DateTimeOffset? _behindSince;

    /// <summary>There are facts that the sink has not taken, of which the oldest was logged at the given time.</summary>
    public void Behind(Timestamp loggedAt)
    {
        lock (_lock)
        {
            _behindSince ??= loggedAt.ToDateTimeOffset();
        }
    }

    public void Took(int facts, Timestamp lastLoggedAt)
    {
        lock (_lock)
        {
            _stored += facts;
            _behindSince = lastLoggedAt.ToDateTimeOffset();
        }
    }

    /// <returns>True for the first unreadable fact.</returns>
    public bool Unreadable()
    {
        lock (_lock)
        {
            return ++_unreadable == 1;
        }
    }

    /// <returns>True when the problem is another than before.</returns>
    public bool Fail(string problem, DateTimeOffset now)
    {
        lock (_lock)
        {
            var isNew = _problem != problem;
            _problem = problem;
            _behindSince ??= now;
            return isNew;
        }
    }

    /// <returns>True when there was a problem.</returns>
    public bool CaughtUp()
    {
        lock (_lock)
        {
            var had = _problem is not null;
            (_problem, _behindSince) = (null, null);
            return had;
        }
    }

    public SinkStatus ToStatus(string name, SinkStall? stall, DateTimeOffset now)
    {
        lock (_lock)
        {
            var lag = Math.Max(SecondsSince(_behindSince, now), SecondsSince(stall?.Since, now));
            return new SinkStatus(name, _stored, _unreadable, Math.Round(lag, 3), _problem ?? stall?.Problem);
        }
    }

    private static double SecondsSince(DateTimeOffset? time, DateTimeOffset now) => time is { } since && now > since ? (now - since).TotalSeconds : 0;
}
