using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using BtcAgent.Domain.Drift;
using BtcAgent.Grains;

namespace BtcAgent.Silo.Watches;

/// <summary>Figures of the watched models at the last look, by strategy, instrument and model; a model that is gone has none.</summary>
internal sealed class WatchGauges : IDisposable
{
    private readonly Meter _meter = new(TradingGrainsExtensions.MeterName);
    private volatile WatchedRun[] _runs = [];

    public WatchGauges()
    {
        Gauge("model.drift", "Drift of the model's features and scores: 0 unknown, 1 gathering, 2 none, 3 warning, 4 alarm", run => (int)run.Reading.Drift.State);
        Gauge("model.drift.psi", "Greatest population stability index of a feature", run => Psi(run.Reading.Drift.Features));
        Gauge("model.drift.share", "Share of features that have drifted, 0 to 1", run => run.Reading.Drift.Features.IsEmpty ? null : run.Reading.Drift.DriftedShare);
        Gauge("model.calibration.brier", "Mean squared error of the model's probabilities in service", run => run.Reading.Calibration.Figure);
        Gauge("model.profit.shortfall", "Shortfall of the model's daily profit, in standard deviations; 12 raise the alarm", run => run.Reading.Profit.Figure);
        Gauge("model.false.signals", "Share of long and short signals whose mid did not move in their direction within 60 s, 0 to 1", FalseSignals);
    }

    /// <summary>Replaces the figures.</summary>
    public void Show(IEnumerable<WatchedRun> runs) => _runs = [.. runs];

    public void Dispose() => _meter.Dispose();

    private static double? FalseSignals(WatchedRun run) =>
        run.Run is { Judged: > 0 } judged ? (double)(judged.Judged - judged.Hits) / judged.Judged : null;

    private static double? Psi(ImmutableArray<FeatureDrift> features) =>
        features.Where(feature => !double.IsNaN(feature.Psi)).Select(feature => (double?)feature.Psi).Max();

    private void Gauge(string name, string description, Func<WatchedRun, double?> read) => _meter.CreateObservableGauge(
        name,
        () => _runs.Where(run => read(run) is not null).Select(run => new Measurement<double>(
            read(run)!.Value,
            new KeyValuePair<string, object?>("strategy", run.Strategy),
            new KeyValuePair<string, object?>("instrument", run.Instrument),
            new KeyValuePair<string, object?>("model", run.Reading.ModelId))),
        description: description);
}
