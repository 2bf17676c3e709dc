using System.Diagnostics;
using System.Globalization;
using System.Text;
using BtcAgent.Research.Bars;

namespace BtcAgent.Benchmarks;

/// <summary>Reading one-minute bars from a plain CSV file, on one thread: <c>csv</c>. Nanoseconds a row, best and median.</summary>
internal static class CsvReading
{
    private const int Rows = 2_000_000;
    private const int Passes = 9;

    public static int Run()
    {
        var path = Path.Combine(Path.GetTempPath(), $"btcagent-bars-{Environment.ProcessId}.csv");
        try
        {
            File.WriteAllText(path, Make());
            var seconds = new double[Passes];
            for (var i = -1; i < Passes; i++)
            {
                var started = Stopwatch.GetTimestamp();
                var bars = BarFile.Read([path]).Bars;
                if (bars.Length != Rows)
                {
                    throw new InvalidOperationException($"{bars.Length} bars of {Rows}");
                }

                seconds[Math.Max(i, 0)] = Stopwatch.GetElapsedTime(started).TotalSeconds;
            }

            Array.Sort(seconds);
            Console.WriteLine(FormattableString.Invariant(
                $"{Rows:N0} rows, {new FileInfo(path).Length / 1e6:F0} MB: best {seconds[0] / Rows * 1e9:F0} ns a row, median {seconds[Passes / 2] / Rows * 1e9:F0} ns"));
            return 0;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Make()
    {
        var random = new Random(1);
        var text = new StringBuilder("open_time_ms,open,high,low,close,volume\n");
        var close = 6_000_000;
        for (var i = 0; i < Rows; i++)
        {
            var open = close;
            close += random.Next(-1_000, 1_001);
            text.Append(CultureInfo.InvariantCulture, $"{1_617_321_600_000 + (i * 60_000L)},{open / 100m},{(Math.Max(open, close) + 300) / 100m},")
                .Append(CultureInfo.InvariantCulture, $"{(Math.Min(open, close) - 300) / 100m},{close / 100m},{random.Next(1, 90_000_000) / 1_000_000m}\n");
        }

        return text.ToString();
    }
}
