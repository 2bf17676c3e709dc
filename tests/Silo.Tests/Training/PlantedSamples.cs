using System.Text.Json;
using BtcAgent.Contracts.Settings;
using BtcAgent.Domain;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Retraining;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Weights;
using BtcAgent.Silo.Models;
using BtcAgent.Silo.Training;
using BtcAgent.Storage.Files;

namespace BtcAgent.Silo.Tests.Training;

/// <summary>
/// Samples of a market of minutes, as an earlier attempt of a job would have prepared them: about four times a day the price drifts
/// for half an hour, and one feature shows it through noise.
/// </summary>
internal static class PlantedSamples
{
    /// <summary>Drift that a search finds: eight times the fee of one side.</summary>
    public const double EdgeBps = 80;

    public const int IntervalMs = 60_000;

    /// <summary>The parameters that matter on this market.</summary>
    public const string Space = """
        {"parameters":[
          {"name":"horizon","type":"integer","low":15,"high":60,"step":15},
          {"name":"sample_every","type":"integer","low":5,"high":15,"step":5},
          {"name":"leaves","type":"integer","low":2,"high":8},
          {"name":"learning_rate","type":"number","low":0.1,"high":0.5,"log":true},
          {"name":"exit_ratio","type":"number","low":0.2,"high":0.8}]}
        """;

    private const int DriftMinutes = 30;
    private const double VolatilityPerMinute = 8e-4;
    private const string Signal = "imbalance_1";

    public static readonly FeatureOptions Features = new() { SampleIntervalMs = IntervalMs };

    /// <summary>Settings of an agent whose jobs use these samples as they are.</summary>
    public static KeyValuePair<string, string?>[] Settings =>
    [
        new("StarterModel:Enabled", "false"),
        new("Agent:Features:SampleIntervalMs", "60000"),
        new("Retraining:Recipe:Rounds", "12"),
        new("Retraining:Recipe:EarlyStoppingRounds", "4"),
        new("Retraining:Recipe:LearningRate", "0.3"),
        new("Retraining:Recipe:Leaves", "5"),
        new("Retraining:Recipe:MinRowsInLeaf", "50"),
        new("Retraining:Recipe:HorizonSeconds", "1800"),
        new("Logging:LogLevel:Default", "Warning"),
    ];

    /// <summary>A job that searches; its samples are those of <see cref="WriteAsync"/>.</summary>
    public static TrainerJob Job(int trials) => TrainerJobs.OfHistory(folder: null) with
    {
        Features = Features,
        Request = StarterModel.Request(new StrategyOptions { Name = "momentum", Instrument = "BINANCE:BTCUSDT" }, new StarterOptions(), seed: 1) with
        {
            Trigger = TrainingTrigger.Operator,
            Window = new TrainingWindow(TrainingDataKind.History, Timestamp.Unknown, Timestamp.Unknown),
            Recipe = Recipe with { Search = new TrainingSearch(trials, null, 0.2, Space) },
        },
    };

    private static TrainingRecipe Recipe => new()
    {
        Name = "planted",
        Folds = 5,
        Rounds = 12,
        EarlyStoppingRounds = 4,
        LearningRate = 0.3,
        Leaves = 5,
        MinRowsInLeaf = 50,
        FeatureFraction = 0.8,
        ValidationShare = 0.15,
        Embargo = 0.002,
        CostBps = 10,
        HorizonSeconds = 60 * DriftMinutes,
        BarrierBps = 0,
        Seed = 1,
        HidesCalendar = false,
        RowsMin = 100,
    };

    /// <summary>Writes the samples to the folder of a job.</summary>
    /// <param name="folder">The job's folder.</param>
    /// <param name="days">Length of the market.</param>
    /// <param name="edgeBps">Drift of one event in basis points; 0 for a random walk.</param>
    /// <param name="seed">Seed of the market.</param>
    /// <param name="moved">Distance by which the feature is moved: another regime of the market.</param>
    public static async Task WriteAsync(TrainerFolder folder, int days, double edgeBps, int seed, float moved = 0)
    {
        var dataset = Make(days * 24 * 60, edgeBps, seed, moved);
        await DatasetWriter.WriteAsync(folder.DatasetPath, dataset, cancel: TestContext.Current.CancellationToken);
        var rows = dataset.Rows;
        var used = new UsedData(rows.Rows, rows.Times[0], rows.Times[^1], 0, 0, 0, 0, DatasetHash.Of(dataset));
        AtomicFile.WriteAllBytes(folder.PreparedPath, JsonSerializer.SerializeToUtf8Bytes(new PreparedData($"planted, seed {seed}", used), TrainerFolder.Json));
    }

    /// <summary>The same market as samples that an agent decides.</summary>
    /// <param name="start">Time of the first.</param>
    /// <param name="minutes">Number of samples.</param>
    /// <param name="seed">Seed of the market.</param>
    /// <param name="moved">Distance by which the feature is moved.</param>
    public static IEnumerable<FeatureSample> Live(Timestamp start, int minutes, int seed, float moved = 0)
    {
        var rows = Make(minutes, EdgeBps, seed, moved).Rows;
        for (var i = 0; i < rows.Rows; i++)
        {
            var (at, cents) = (start + TimeSpan.FromMinutes(i), Math.Round(rows.Prices[i], 2));
            yield return new FeatureSample
            {
                Instrument = rows.Instrument,
                EventTime = at,
                ReceiveTime = at,
                LastSequence = i + 1,
                SchemaHash = rows.SchemaHash,
                Values = [.. rows.Values.AsSpan(i * rows.Features.Length, rows.Features.Length)],
                IsWarm = true,
                Quote = new Quote(Price.FromDecimal((decimal)cents), Quantity.Parse("1"), Price.FromDecimal((decimal)cents + 0.01m), Quantity.Parse("1")),
                BookInSync = true,
                LastEventTime = at,
                ClosedBars = [],
                VolatilityPerSqrtSecond = 1e-4,
            };
        }
    }

    private static StoredDataset Make(int minutes, double edgeBps, int seed, float moved)
    {
        var schema = FeatureSchema.Create(Features);
        var names = schema.Definitions.Select(feature => feature.Name).ToArray();
        var signal = Array.IndexOf(names, Signal);
        var random = new Random(seed);
        var (times, prices, values) = (new Timestamp[minutes], new double[minutes], new float[minutes * names.Length]);
        var (price, regime, direction, left) = (40_000.0, 0.0, 0.0, 0);
        for (var i = 0; i < minutes; i++)
        {
            if (left == 0)
            {
                direction = random.NextDouble() < 1 / 360.0 ? (random.Next(2) * 2) - 1 : 0;
                left = direction == 0 ? 0 : DriftMinutes;
            }

            times[i] = Timestamp.FromUnixMilliseconds(1_704_067_200_000 + ((long)(i + 1) * IntervalMs));
            prices[i] = price;
            values[(i * names.Length) + signal] = (float)((edgeBps > 0 ? direction : 0) + (0.15 * Normal(random))) + moved;
            regime = (0.995 * regime) + (0.04 * Normal(random));
            price *= Math.Exp((direction * edgeBps * 1e-4 / DriftMinutes) + (VolatilityPerMinute * Math.Exp(regime - 0.08) * Normal(random)));
            left = Math.Max(0, left - 1);
        }

        var rows = new FeatureDataset(InstrumentId.Parse("BINANCE:BTCUSDT"), schema.Hash, [.. names], times, prices, values);
        var labels = new FixedHorizonLabeler(TimeSpan.FromMinutes(DriftMinutes)).Label(rows, PricePath.FromRows(rows, TimeSpan.FromMinutes(2)));
        return new StoredDataset(rows, labels, UniquenessWeights.Of(rows, labels));
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
