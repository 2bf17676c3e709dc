using System.Diagnostics;
using BtcAgent.Domain;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Signals;
using BtcAgent.Research.Backtests;

namespace BtcAgent.Benchmarks;

/// <summary>Ten years of one-minute bars with the reference strategy, on one thread: <c>bars</c>.</summary>
internal static class BarThroughput
{
    private const int Count = 5_260_000;
    private const int Passes = 5;

    public static int Run()
    {
        var bars = Make(Count);
        var seconds = new double[Passes];
        var orders = 0;
        for (var i = 0; i < Passes; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var options = new BarBacktestOptions { Cash = 1_000_000, Base = 1 };
            orders = new BarBacktest(options).Run(
                "ema-cross(10,20)", InstrumentId.Parse("BINANCE:BTCUSDT"), "synthetic", bars, new EmaCrossBars(new EmaCrossModel(10, 20))).Orders;
            seconds[i] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        Array.Sort(seconds);
        Console.WriteLine(FormattableString.Invariant(
            $"{Count:N0} bars, ema-cross: median {seconds[Passes / 2]:F2} s, best {seconds[0]:F2} s, {Count / seconds[Passes / 2] / 1e6:F1} M bars/s, {orders:N0} orders"));
        return 0;
    }

    /// <summary>A seeded walk of one-minute bars.</summary>
    public static Bar[] Make(int count)
    {
        var random = new Random(1);
        var bars = new Bar[count];
        var close = 60_000.0;
        for (var i = 0; i < count; i++)
        {
            var open = close;
            close *= 1 + ((random.NextDouble() - 0.5) * 0.001);
            bars[i] = new Bar(
                Timestamp.FromUnixMilliseconds(1_400_000_040_000 + (i * 60_000L)),
                TimeSpan.FromMinutes(1),
                In(open),
                In(Math.Max(open, close) + 3),
                In(Math.Min(open, close) - 3),
                In(close),
                Quantity.FromUnits(100_000_000),
                Quantity.Zero,
                0,
                1);
        }

        return bars;
    }

    private static Price In(double value) => Price.FromUnits((long)(value * 100) * 1_000_000);
}
