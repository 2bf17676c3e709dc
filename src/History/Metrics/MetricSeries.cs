namespace BtcAgent.History.Metrics;

/// <summary>The measured values of one instrument with one set of tags.</summary>
internal sealed class MetricSeries(MetricKind kind, string head)
{
    private readonly Lock _lock = new();
    private readonly ValueDigest _digest = new();
    private double _value = double.NaN;
    private bool _hasChanged;

    public void Record(double value)
    {
        lock (_lock)
        {
            switch (kind)
            {
                case MetricKind.Sum:
                    _value = (double.IsNaN(_value) ? 0 : _value) + value;
                    break;
                case MetricKind.Distribution:
                    _digest.Add(value);
                    break;
                default:
                    _value = value;
                    break;
            }

            _hasChanged = true;
        }
    }

    /// <summary>Adds up the values of one reading of an observable instrument whose tags were left out.</summary>
    public void Observe(double value, bool isFirst)
    {
        lock (_lock)
        {
            _value = isFirst ? value : _value + value;
            _hasChanged = true;
        }
    }

    /// <summary>The line of the interval; null without a value. A sum is repeated so that rates have no holes.</summary>
    public string? ToLine(long seconds)
    {
        lock (_lock)
        {
            if (kind == MetricKind.Distribution)
            {
                if (_digest.Count == 0)
                {
                    return null;
                }

                var line = LineProtocol.Line(head, seconds, [
                    ("max", _digest.Max), ("mean", _digest.Sum / _digest.Count), ("min", _digest.Min), ("p50", _digest.Quantile(0.5)),
                    ("p99", _digest.Quantile(0.99)), ("sum", _digest.Sum)], _digest.Count);
                _digest.Clear();
                return line;
            }

            var isDue = kind == MetricKind.Sum || _hasChanged;
            _hasChanged = false;
            return isDue && double.IsFinite(_value)
                ? LineProtocol.Line(head, seconds, [(kind == MetricKind.Sum ? "total" : "value", _value)])
                : null;
        }
    }
}
