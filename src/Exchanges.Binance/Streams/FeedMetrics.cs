using System.Diagnostics.Metrics;

namespace BtcAgent.Exchanges.Binance.Streams;

/// <summary>Counters of the feeds of this process.</summary>
public sealed class FeedMetrics : IDisposable
{
    public const string MeterName = "BtcAgent.Exchanges.Binance";

    private readonly Meter _meter;
    private readonly Counter<long> _frames;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _otherSymbols;
    private readonly Counter<long> _reconnects;
    private readonly Counter<long> _gaps;
    private readonly Counter<long> _snapshots;
    private readonly Counter<long> _renewals;
    private readonly Gauge<int> _weight;
    private readonly Gauge<double> _clockOffset;

    public FeedMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _frames = _meter.CreateCounter<long>("frames", description: "Frames received");
        _refusals = _meter.CreateCounter<long>("refusals", description: "Frames refused");
        _otherSymbols = _meter.CreateCounter<long>("other_symbols", description: "Frames of other symbols");
        _reconnects = _meter.CreateCounter<long>("reconnects", description: "Connections lost");
        _gaps = _meter.CreateCounter<long>("gaps", description: "Gaps in the book's updates");
        _snapshots = _meter.CreateCounter<long>("snapshots", description: "Depth snapshots received");
        _renewals = _meter.CreateCounter<long>("renewals", description: "Connections renewed before the venue ended them");
        _weight = _meter.CreateGauge<int>("weight_used", description: "Request weight of this minute");
        _clockOffset = _meter.CreateGauge<double>("clock_offset", "ms", "Venue's clock minus ours");
    }

    public void Frame() => _frames.Add(1);

    public void Refusal() => _refusals.Add(1);

    public void OtherSymbol() => _otherSymbols.Add(1);

    public void Reconnect() => _reconnects.Add(1);

    public void Gap() => _gaps.Add(1);

    public void Snapshot(int weightUsed)
    {
        _snapshots.Add(1);
        _weight.Record(weightUsed);
    }

    public void Renewal() => _renewals.Add(1);

    public void ClockOffset(TimeSpan offset) => _clockOffset.Record(offset.TotalMilliseconds);

    public void Dispose() => _meter.Dispose();
}
