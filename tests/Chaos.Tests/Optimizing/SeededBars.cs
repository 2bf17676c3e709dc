using System.Globalization;

namespace BtcAgent.Chaos.Tests.Optimizing;

/// <summary>Bars of a minute whose returns continue the one before, so that a search finds something without costs.</summary>
internal static class SeededBars
{
    private const double Persistence = 0.6;
    private const double Deviation = 0.0008;

    /// <param name="path">CSV file to write: time in ms, open, high, low, close, volume.</param>
    /// <param name="count">Number of bars.</param>
    /// <param name="seed">The same seed gives the same bytes.</param>
    public static void Write(string path, int count, int seed)
    {
        const long Start = 1_704_067_200_000; // 2024-01-01
        var random = new Random(seed);
        var (price, last) = (50_000.0, 0.0);
        using var file = new StreamWriter(path);
        file.WriteLine("time,open,high,low,close,volume");
        for (var i = 0; i < count; i++)
        {
            var open = price;
            last = (Persistence * last) + (Deviation * Normal(random));
            price *= 1 + last;
            var (high, low) = (Math.Max(open, price) * 1.0001, Math.Min(open, price) * 0.9999);
            file.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{Start + (i * 60_000L)},{open:F2},{high:F2},{low:F2},{price:F2},{1 + random.NextDouble():F4}"));
        }
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
