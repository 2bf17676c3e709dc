using System.Collections.Immutable;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Models.LightGbm.Signals;

namespace BtcAgent.Models.LightGbm.Tests.Signals;

/// <summary>A small forest over the whole feature schema: its first feature decides.</summary>
internal static class SignalForest
{
    public static readonly FeatureSchema Schema = FeatureSchema.Create(new FeatureOptions());

    private static readonly Lazy<(string Text, byte[] Onnx, ConversionSummary Check)> Trained = new(Train);

    public static ModelArtefact Make(Func<ModelManifest, ModelManifest>? change = null)
    {
        var (text, onnx, check) = Trained.Value;
        var manifest = new ModelManifest
        {
            Format = ModelManifest.CurrentFormat,
            Name = "test",
            Objective = "binary sigmoid:1",
            Trees = 20,
            SchemaHash = Schema.Hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
            Features = [.. Schema.Definitions.Select((d, i) => new FeatureRange(d.Name, -1, 1, 0, i == 0 ? 10 : 0))],
            Label = "test",
            HorizonMs = 1_000,
            TrainedFrom = DateTimeOffset.UnixEpoch,
            TrainedTo = DateTimeOffset.UnixEpoch.AddDays(1),
            Calibration = new CalibrationCurve { Kind = CalibrationKind.Platt, A = -1, B = 0 },
            Policy = new TradingPolicy(0.6, 0.2, 10, 0),
            Metrics = ImmutableSortedDictionary<string, double>.Empty.Add("auc", 0.9),
            Verdict = new Verdict(VerdictState.Survives, [new("TRADES", true, 40, 30, "40 round trips.")]),
            Parity = check,
            Lineage = ImmutableSortedDictionary<string, string>.Empty.Add("seed", "1"),
        };
        return ModelArtefact.Create(change?.Invoke(manifest) ?? manifest, text, onnx);
    }

    public static FeatureSample Sample(float first, float others = 0) => new()
    {
        Instrument = InstrumentId.Parse("BINANCE:BTCUSDT"),
        EventTime = Timestamp.FromUnixMilliseconds(1_000),
        ReceiveTime = Timestamp.FromUnixMilliseconds(1_000),
        LastSequence = 1,
        SchemaHash = Schema.Hash,
        Values = [first, .. Enumerable.Repeat(others, Schema.Count - 1)],
        IsWarm = true,
        Quote = default(Quote),
        BookInSync = true,
        LastEventTime = Timestamp.FromUnixMilliseconds(1_000),
        ClosedBars = [],
    };

    private static (string, byte[], ConversionSummary) Train()
    {
        const int Rows = 1_000;
        var random = new Random(5);
        var values = new float[Rows * Schema.Count];
        var labels = new float[Rows];
        for (var row = 0; row < Rows; row++)
        {
            for (var i = 0; i < Schema.Count; i++)
            {
                values[(row * Schema.Count) + i] = (float)((2 * random.NextDouble()) - 1);
            }

            labels[row] = values[row * Schema.Count] + (0.4 * (random.NextDouble() - 0.5)) > 0 ? 1 : 0;
        }

        var options = new TrainingOptions { Rounds = 20, LearningRate = 0.3, Leaves = 7 };
        string[] names = [.. Schema.Definitions.Select(d => d.Name)];
        using var table = new TrainingTable(values, names, [new RowRange(0, Rows)], labels, null, options);
        var text = BoosterTrainer.Train(table, null, options).ModelText;
        var (onnx, check) = ForestConversion.Convert(text, 1, CancellationToken.None);
        return (text, onnx, check);
    }
}
