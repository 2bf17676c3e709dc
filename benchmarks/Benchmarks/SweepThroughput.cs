using System.Diagnostics;
using BtcAgent.Domain;
using BtcAgent.Domain.Signals;
using BtcAgent.Research.Backtests;
using BtcAgent.Research.Metrics;
using BtcAgent.Research.Optimization.Sweeps;

namespace BtcAgent.Benchmarks;

/// <summary>
/// A year of one-minute bars with many pairs of lengths, on one thread: <c>sweep</c>. The sweep in columns beside the loop of
/// backtests, of which some sets are run; their figures must be equal.
/// </summary>
internal static class SweepThroughput
{
    private const int Count = 525_600;
    private const int Passes = 5;
    private const int LoopSets = 8;

    public static int Run()
    {
        var bars = BarThroughput.Make(Count);
        (int Fast, int Slow)[] sets =
            [.. from fast in Enumerable.Range(1, 16) from slow in Enumerable.Range(1, 16) select (5 * fast, (5 * fast) + (20 * slow))];
        var options = new BarBacktestOptions { Fraction = 0.25m, LongOnly = true, FeeBps = 1, Cash = 1_000_000 };
        var seconds = new double[Passes];
        var figures = Array.Empty<SweepFigures?>();
        for (var i = 0; i < Passes; i++)
        {
            var started = Stopwatch.GetTimestamp();
            figures = new EmaCrossSweep(bars, options).Run(sets);
            seconds[i] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        var loop = Stopwatch.GetTimestamp();
        var differing = 0;
        for (var i = 0; i < LoopSets; i++)
        {
            var at = i * sets.Length / LoopSets;
            var result = new BarBacktest(options).Run(
                "ema-cross", InstrumentId.Parse("BINANCE:BTCUSDT"), "synthetic", bars, new EmaCrossBars(new EmaCrossModel(sets[at].Fast, sets[at].Slow)));
            var metrics = PerformanceMetrics.From(result);
            differing += figures[at] == new SweepFigures(
                result.RoundTrips.Length, result.FinalCash, metrics.TotalReturn, metrics.Sharpe, metrics.MaxDrawdown.Depth, metrics.ProfitFactor) ? 0 : 1;
        }

        var loopSeconds = Stopwatch.GetElapsedTime(loop).TotalSeconds;
        Array.Sort(seconds);
        var cells = (double)Count * sets.Length;
        Console.WriteLine(FormattableString.Invariant(
            $"{Count:N0} bars × {sets.Length} sets: in columns median {seconds[Passes / 2]:F2} s, best {seconds[0]:F2} s, {cells / seconds[Passes / 2] / 1e6:F0} M cells/s; one by one {(double)Count * LoopSets / loopSeconds / 1e6:F1} M cells/s ({LoopSets} sets); {differing} of {LoopSets} differ"));
        return differing == 0 ? 0 : 1;
    }
}
