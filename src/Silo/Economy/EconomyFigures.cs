using System.Diagnostics.Metrics;
using BtcAgent.Contracts.Economy;
using BtcAgent.Grains;

namespace BtcAgent.Silo.Economy;

/// <summary>Gauges of the reader of economic releases, for every <see cref="MeterListener"/>. A process that does not read has none.</summary>
internal sealed class EconomyFigures : IDisposable
{
    private readonly Meter _meter = new(TradingGrainsExtensions.MeterName);
    private readonly TimeProvider _time;
    private volatile EconomyStatus? _status;

    public EconomyFigures(TimeProvider time)
    {
        _time = time;
        _meter.CreateObservableGauge("economy.source.alive", () => Read(status => status.IsAlive(Now) ? 1 : 0), description: "Whether the calendar of releases is known: 1, or 0");
        _meter.CreateObservableGauge("economy.requests.day", () => Read(status => status.RequestsOfDay), description: "Requests to the source of releases in this UTC day");
    }

    private Timestamp Now => Timestamp.FromDateTimeOffset(_time.GetUtcNow());

    /// <summary>Shows a report; null at the end of reading.</summary>
    public void Show(EconomyStatus? status) => _status = status;

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<double>> Read(Func<EconomyStatus, double> read) =>
        _status is { } status ? [new Measurement<double>(read(status), new KeyValuePair<string, object?>("source", status.Source))] : [];
}
