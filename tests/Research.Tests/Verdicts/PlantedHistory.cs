using System.Collections.Immutable;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Weights;

namespace BtcAgent.Research.Tests.Verdicts;

/// <summary>
/// A seeded history of minutes with an edge of known size: about four times a day the price drifts for half an hour, and one feature
/// shows it through noise. Volatility is 8 bps a minute on average (58 % a year) and comes in regimes. The other features are
/// noise and the last return.
/// </summary>
internal sealed record PlantedHistory
{
    /// <summary>Minutes that a drift lasts, and horizon of the label.</summary>
    public const int DriftMinutes = 30;

    public const int MinutesOfYear = 365 * 24 * 60;

    private const double MinutesBetweenDrifts = 6 * 60;
    private const double VolatilityPerMinute = 8e-4;
    private const double SignalNoise = 0.15;

    public required int Seed { get; init; }

    public int Minutes { get; init; } = MinutesOfYear;

    /// <summary>Drift of one event in basis points, from its first minute to its last; 0 for a random walk.</summary>
    public double EdgeBps { get; init; }

    /// <summary>True adds the label to a feature: a leak.</summary>
    public bool Leaks { get; init; }

    public StoredDataset Make()
    {
        ImmutableArray<string> features = ["signal", "last_return", "noise"];
        var random = new Random(Seed);
        var (times, prices, values) = (new Timestamp[Minutes], new double[Minutes], new float[Minutes * features.Length]);
        var (price, last, regime, direction, left) = (40_000.0, 0.0, 0.0, 0, 0);
        for (var i = 0; i < Minutes; i++)
        {
            if (left == 0)
            {
                direction = random.NextDouble() < 1 / MinutesBetweenDrifts ? (random.Next(2) * 2) - 1 : 0;
                left = direction == 0 ? 0 : DriftMinutes;
            }

            times[i] = Market.At(i + 1);
            prices[i] = price;
            values[i * 3] = (float)((EdgeBps > 0 ? direction : 0) + (SignalNoise * Normal(random)));
            values[(i * 3) + 1] = (float)last;
            values[(i * 3) + 2] = (float)random.NextDouble();
            regime = (0.995 * regime) + (0.04 * Normal(random));
            last = (direction * EdgeBps * 1e-4 / DriftMinutes) + (VolatilityPerMinute * Math.Exp(regime - 0.08) * Normal(random));
            price *= Math.Exp(last);
            left = Math.Max(0, left - 1);
        }

        var data = new FeatureDataset(Market.Btc, 7, features, times, prices, values);
        var labels = new FixedHorizonLabeler(Market.Minute * DriftMinutes).Label(data, PricePath.FromRows(data, Market.Minute * 2));
        for (var i = 0; Leaks && i < Minutes; i++)
        {
            values[(i * 3) + 2] += 3 * labels.Outcome[i];
        }

        return new StoredDataset(data, labels, UniquenessWeights.Of(data, labels));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
