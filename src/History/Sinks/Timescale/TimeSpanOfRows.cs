using BtcAgent.History.Sinks.Timescale.Rows;

namespace BtcAgent.History.Sinks.Timescale;

/// <summary>The time that a batch's rows span, in ns since 1970.</summary>
internal sealed class TimeSpanOfRows
{
    private const long NsPerDay = 86_400_000_000_000;

    private readonly HashSet<long> _days = [];

    /// <summary>Starts of the UTC days that have rows.</summary>
    public IReadOnlyCollection<long> Days => _days;

    public long EarliestNs { get; private set; } = long.MaxValue;

    public long LatestNs { get; private set; } = long.MinValue;

    public void Visit(TableRows rows, IReadOnlyList<FactRecord> facts)
    {
        foreach (var fact in facts)
        {
            rows.VisitTimes(fact, Add);
        }
    }

    private void Add(long unixNs)
    {
        EarliestNs = Math.Min(EarliestNs, unixNs);
        LatestNs = Math.Max(LatestNs, unixNs);
        var intoDay = unixNs % NsPerDay;
        _days.Add(unixNs - (intoDay < 0 ? intoDay + NsPerDay : intoDay));
    }
}
