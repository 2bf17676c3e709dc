using BtcAgent.Domain.Bars;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Tests;

/// <summary>Small seeded markets.</summary>
internal static class Market
{
    public static readonly InstrumentId Btc = InstrumentId.Parse("BINANCE:BTCUSDT");
    public static readonly Timestamp Start = Timestamp.FromDateTimeOffset(new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static Timestamp At(double minutes) => Start + TimeSpan.FromMinutes(minutes);

    public static Bar Bar(double minute, double open, double high, double low, double close, double volume = 1) => new(
        At(minute), Minute, Of(open), Of(high), Of(low), Of(close), Quantity.FromUnits((long)(volume * 1e8)), Quantity.Zero, 0, 1);

    /// <summary>A random walk of minute bars, a share of which is missing.</summary>
    public static Bar[] Walk(int seed, int minutes, double missing = 0.1)
    {
        var random = new Random(seed);
        var bars = new List<Bar>(minutes);
        var price = 40_000.0;
        for (var i = 0; i < minutes; i++)
        {
            if (random.NextDouble() < missing)
            {
                continue;
            }

            var open = price;
            price *= Math.Exp((random.NextDouble() - 0.5) * 0.002);
            var high = Math.Max(open, price) * (1 + (random.NextDouble() * 0.0005));
            var low = Math.Min(open, price) * (1 - (random.NextDouble() * 0.0005));
            bars.Add(Bar(i, open, high, low, price, 0.1 + random.NextDouble()));
        }

        return [.. bars];
    }

    /// <summary>Rows at the given minutes with one feature, the row's number.</summary>
    public static FeatureDataset Rows(double[] minutes, double[] prices) => new(
        Btc, 1, ["row"], [.. minutes.Select(At)], prices, [.. minutes.Select((_, i) => (float)i)]);

    private static Price Of(double price) => Price.FromDecimal(decimal.Round((decimal)price, 2));
}
