namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>The charges of X: each post once per UTC day, and each request for counts. Safe for several threads.</summary>
public sealed class XMeter
{
    private readonly SimulatedXOptions _options;
    private readonly Func<DateTimeOffset> _now;
    private readonly Lock _lock = new();
    private readonly HashSet<long> _today = [];
    private readonly SortedDictionary<DateOnly, (long Reads, long Counts)> _days = [];
    private DateOnly _day;

    internal XMeter(SimulatedXOptions options, Func<DateTimeOffset> now) => (_options, _now) = (options, now);

    /// <summary>Posts and requests charged, by UTC day.</summary>
    public IReadOnlyDictionary<DateOnly, (long Reads, long Counts)> Days
    {
        get
        {
            lock (_lock)
            {
                return new SortedDictionary<DateOnly, (long Reads, long Counts)>(_days);
            }
        }
    }

    /// <summary>Posts charged so far.</summary>
    public long Reads => Days.Values.Sum(day => day.Reads);

    /// <summary>Requests for counts charged so far.</summary>
    public long Counts => Days.Values.Sum(day => day.Counts);

    /// <summary>Dollars of a day.</summary>
    public decimal DollarsOf(DateOnly day) =>
        Days.TryGetValue(day, out var charged) ? (charged.Reads * _options.DollarsPerRead) + (charged.Counts * _options.DollarsPerCounts) : 0;

    internal void Read(long id) => Charge(id, (1, 0));

    internal void Count() => Charge(null, (0, 1));

    private void Charge(long? id, (long Reads, long Counts) charge)
    {
        lock (_lock)
        {
            var day = DateOnly.FromDateTime(_now().UtcDateTime);
            if (day != _day)
            {
                _day = day;
                _today.Clear();
            }

            if (id is null || _today.Add(id.Value))
            {
                var (reads, counts) = _days.GetValueOrDefault(day);
                _days[day] = (reads + charge.Reads, counts + charge.Counts);
            }
        }
    }
}
