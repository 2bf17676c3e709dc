using System.Diagnostics.Metrics;
using BtcAgent.Contracts.Measurement;

namespace BtcAgent.Benchmarks;

/// <summary>Listens to the agent's own latency measurements.</summary>
internal sealed class StageTimes : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, List<double>> _times = [];
    private readonly Lock _lock = new();

    public StageTimes()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "BtcAgent" && instrument.Name == "latency")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, milliseconds, tags, _) =>
        {
            var stage = tags[0].Value as string ?? "";
            lock (_lock)
            {
                if (!_times.TryGetValue(stage, out var times))
                {
                    _times[stage] = times = [];
                }

                times.Add(milliseconds);
            }
        });
        _listener.Start();
    }

    public void Clear()
    {
        lock (_lock)
        {
            _times.Clear();
        }
    }

    public void Print(string what)
    {
        foreach (var stage in Enum.GetValues<LatencyStage>())
        {
            Print(what, stage);
        }
    }

    public void Print(string what, LatencyStage stage)
    {
        double[] times;
        lock (_lock)
        {
            times = [.. _times.GetValueOrDefault(stage.ToString()) ?? []];
        }

        Array.Sort(times);
        Console.WriteLine(times.Length == 0
            ? $"{what}, {stage}: nothing measured"
            : $"{what}, {stage}: p50 {At(0.5):F2} ms, p99 {At(0.99):F2} ms, p99.9 {At(0.999):F2} ms, max {times[^1]:F2} ms of {times.Length:N0}");

        double At(double quantile) => times[(int)Math.Ceiling(quantile * times.Length) - 1];
    }

    public void Dispose() => _listener.Dispose();
}
