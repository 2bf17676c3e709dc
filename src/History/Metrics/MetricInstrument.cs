using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace BtcAgent.History.Metrics;

/// <summary>The series of one instrument.</summary>
internal sealed class MetricInstrument(Instrument instrument, string measurement, string node, Func<bool> mayAdd)
{
    private readonly ConcurrentDictionary<string, MetricSeries?> _series = new(StringComparer.Ordinal);
    private readonly HashSet<MetricSeries> _seen = [];
    private readonly bool _isObservable = instrument.IsObservable;
    private readonly MetricKind _kind = KindOf(instrument);

    public IEnumerable<MetricSeries> Series => _series.Values.OfType<MetricSeries>();

    /// <summary>Called before the observable instruments are read.</summary>
    public void BeginReading() => _seen.Clear();

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = "";
        foreach (var (name, tag) in tags)
        {
            if (MetricCatalog.Tags.Contains(name))
            {
                key = $"{key}\n{name}={Text(tag)}";
            }
        }

        if (!_series.TryGetValue(key, out var series))
        {
            var head = Head(tags);
            series = _series.GetOrAdd(key, _ => mayAdd() ? new MetricSeries(_kind, head) : null);
        }

        if (_isObservable && series is not null)
        {
            series.Observe(value, _seen.Add(series)); // All callbacks of a reading are on its thread.
        }
        else
        {
            series?.Record(value);
        }
    }

    private string Head(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        List<(string, string)> kept = [("metric", instrument.Name), ("node", node)];
        foreach (var (name, value) in tags)
        {
            if (MetricCatalog.Tags.Contains(name))
            {
                kept.Add((name, Text(value)));
            }
        }

        return LineProtocol.Head(measurement, kept);
    }

    private static string Text(object? value) => value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static MetricKind KindOf(Instrument instrument)
    {
        var type = instrument.GetType();
        var name = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return name == typeof(Histogram<>) ? MetricKind.Distribution
            : name == typeof(Gauge<>) || name == typeof(ObservableGauge<>) ? MetricKind.Last
            : MetricKind.Sum;
    }
}
