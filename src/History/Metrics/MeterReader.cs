using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace BtcAgent.History.Metrics;

/// <summary>
/// Listens to the meters that /metrics shows and summarises them per interval. Recording takes a lock per series and no more: it runs
/// on the path of trading.
/// </summary>
internal sealed class MeterReader : IDisposable
{
    /// <summary>Series beyond this number are left out and counted: a tag has more values than expected.</summary>
    internal const int SeriesMax = 10_000;

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, MetricInstrument> _instruments = [];
    private readonly string _node;
    private long _seriesLeftOut;
    private int _series;

    /// <param name="node">Value of the tag <c>node</c>.</param>
    /// <param name="concerns">True for the meters to read; null reads all.</param>
    public MeterReader(string node, Func<Meter, bool>? concerns = null)
    {
        _node = node;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (MetricCatalog.MeasurementOf(instrument.Name) is { } measurement && concerns?.Invoke(instrument.Meter) != false)
            {
                var read = new MetricInstrument(instrument, measurement, _node, MayAdd);
                _instruments[instrument] = read;
                listener.EnableMeasurementEvents(instrument, read);
            }
        };
        _listener.MeasurementsCompleted = (instrument, _) => _instruments.TryRemove(instrument, out var _);
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((MetricInstrument)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => ((MetricInstrument)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((MetricInstrument)state!).Record(value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => ((MetricInstrument)state!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>Series that were left out because there are too many.</summary>
    public long SeriesLeftOut => Interlocked.Read(ref _seriesLeftOut);

    /// <summary>The lines of the interval that ends now.</summary>
    public IEnumerable<string> Read(Timestamp now)
    {
        foreach (var instrument in _instruments.Values)
        {
            instrument.BeginReading();
        }

        _listener.RecordObservableInstruments();
        var seconds = now.UnixNanoseconds / Timestamp.NanosecondsPerSecond;
        return _instruments.Values.SelectMany(instrument => instrument.Series).Select(series => series.ToLine(seconds)).OfType<string>();
    }

    public void Dispose() => _listener.Dispose();

    private bool MayAdd()
    {
        if (Interlocked.Increment(ref _series) <= SeriesMax)
        {
            return true;
        }

        Interlocked.Increment(ref _seriesLeftOut);
        return false;
    }
}
