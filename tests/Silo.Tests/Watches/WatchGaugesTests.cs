using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using BtcAgent.Domain;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Signals;
using BtcAgent.Silo.Watches;

namespace BtcAgent.Silo.Tests.Watches;

public sealed class WatchGaugesTests
{
    [Fact]
    public void Show_ModelsOfAStrategy_AreMeasuredUntilTheyAreGone()
    {
        using var gauges = new WatchGauges();
        gauges.Show([new WatchedRun("gauged", "BINANCE:BTCUSDT", Reading(), Run(judged: 4, hits: 1))]);

        var seen = Collect();
        Assert.Equal(4, seen["model.drift"]);
        Assert.Equal(0.4, seen["model.drift.psi"]);
        Assert.Equal(0.5, seen["model.drift.share"]);
        Assert.Equal(0.26, seen["model.calibration.brier"]);
        Assert.Equal(0.75, seen["model.false.signals"]);
        Assert.DoesNotContain("model.profit.shortfall", seen.Keys);

        gauges.Show([]);
        Assert.Empty(Collect());
    }

    private static Dictionary<string, double> Collect()
    {
        var seen = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, it) =>
            {
                if (instrument.Meter.Name == "BtcAgent" && instrument.Name.StartsWith("model.", StringComparison.Ordinal))
                {
                    it.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (tags.ToArray().Contains(new KeyValuePair<string, object?>("strategy", "gauged")))
            {
                seen[instrument.Name] = value;
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }

    private static ModelWatchReading Reading()
    {
        ImmutableArray<FeatureDrift> features =
        [
            new("a", 0.4, 0.3, 0, 0, DriftState.Alarm), new("b", 0.01, 0.1, 0.9, 0, DriftState.None), new("c", double.NaN, double.NaN, double.NaN, 0, DriftState.None),
        ];
        return new()
        {
            ModelId = "m-1",
            TrainedTo = Timestamp.FromUnixMilliseconds(1),
            At = Timestamp.FromUnixMilliseconds(2),
            Drift = new(DriftState.Alarm, 100, 0.5, features, null, "drifted"),
            Calibration = new(DriftState.None, 0.26, 0.25, "as in training"),
            Profit = new(DriftState.Unknown, null, null, "not watched"),
            Today = new(new DateOnly(2026, 1, 1), 10, 0),
            Recomputed = 0,
            ParityBreaks = 0,
            LastBreak = null,
        };
    }

    private static ModelRun Run(long judged, long hits) => new()
    {
        ModelId = "m-1",
        ModelHash = "h",
        Scored = 10,
        Refused = 0,
        Failed = 0,
        Compared = 0,
        Agreed = 0,
        Judged = judged,
        Hits = hits,
        LastSignal = null,
        LastFailure = null,
    };
}
