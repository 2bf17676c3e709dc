using System.Diagnostics.Metrics;

namespace BtcAgent.Streaming.Kafka.Tests;

/// <summary>Listens to the provider's gauges.</summary>
internal sealed class GaugeReadings : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<(string Gauge, string Topic), long> _sums = [];

    public GaugeReadings()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == KafkaStreamMeter.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (instrument.IsObservable)
            {
                var topic = tags.ToArray().First(tag => tag.Key == "topic").Value as string ?? "";
                _sums[(instrument.Name, topic)] = _sums.GetValueOrDefault((instrument.Name, topic)) + value;
            }
        });
        _listener.Start();
    }

    /// <summary>Sum over the partitions.</summary>
    public long Read(string gauge, string topic)
    {
        _sums.Clear();
        _listener.RecordObservableInstruments();
        return _sums.GetValueOrDefault((gauge, topic));
    }

    public void Dispose() => _listener.Dispose();
}
