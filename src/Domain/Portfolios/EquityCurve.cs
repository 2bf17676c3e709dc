namespace BtcAgent.Domain.Portfolios;

/// <summary>
/// Equity over event time in bounded memory: a full curve drops every second point and doubles its interval.
/// </summary>
internal sealed class EquityCurve
{
    private readonly List<EquityPoint> _points = [];
    private TimeSpan _interval = TimeSpan.FromSeconds(1);

    public EquityCurve()
    {
    }

    public EquityCurve(IEnumerable<EquityPoint> points, long intervalMs)
    {
        _points.AddRange(points);
        _interval = TimeSpan.FromMilliseconds(intervalMs);
    }

    public IReadOnlyList<EquityPoint> Points => _points.ToArray();

    public long IntervalMs => (long)_interval.TotalMilliseconds;

    public void Add(Timestamp eventTime, decimal equity)
    {
        if (_points.Count > 0 && eventTime < _points[^1].EventTime + _interval)
        {
            return;
        }

        if (_points.Count == PortfolioLedger.EquityPointsMax)
        {
            var kept = 0;
            for (var i = 0; i < _points.Count; i += 2)
            {
                _points[kept++] = _points[i];
            }

            _points.RemoveRange(kept, _points.Count - kept);
            _interval *= 2;
        }

        _points.Add(new EquityPoint(eventTime, equity));
    }
}
