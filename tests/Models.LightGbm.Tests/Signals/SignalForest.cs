using System.Collections.Concurrent;
using System.Collections.Immutable;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Models.LightGbm.Signals;

namespace BtcAgent.Models.LightGbm.Tests.Signals;

/// <summary>A small forest over the whole feature schema, of which one feature decides: the first, if none is named.</summary>
internal static class SignalForest
{
    public static readonly FeatureSchema Schema = FeatureSchema.Create(new FeatureOptions());

    private static readonly ConcurrentDictionary<(int Version, int Decides), (string Text, byte[] Onnx, ConversionSummary Check)> Trained = new();

    public static ModelArtefact Make(Func<ModelManifest, ModelManifest>? change = null, int decides = 0, FeatureSchema? schema = null)
    {
        schema ??= Schema;
        var (text, onnx, check) = Trained.GetOrAdd((schema.Version, decides), _ => Train(schema, decides));
        var manifest = new ModelManifest
        {
            Format = ModelManifest.CurrentFormat,
            Name = "test",
            Objective = "binary sigmoid:1",
            Trees = 20,
            SchemaHash = schema.Hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
            Features = [.. schema.Definitions.Select((d, i) => new FeatureRange(d.Name, -1, 1, 0, i == decides ? 10 : 0))],
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

    public static FeatureSample Sample(float value, float others = 0, int decides = 0) => new()
    {
        Instrument = InstrumentId.Parse("BINANCE:BTCUSDT"),
        EventTime = Timestamp.FromUnixMilliseconds(1_000),
        ReceiveTime = Timestamp.FromUnixMilliseconds(1_000),
        LastSequence = 1,
        SchemaHash = Schema.Hash,
        Values = [.. Enumerable.Range(0, Schema.Count).Select(i => i == decides ? value : others)],
        IsWarm = true,
        Quote = default(Quote),
        BookInSync = true,
        LastEventTime = Timestamp.FromUnixMilliseconds(1_000),
        ClosedBars = [],
    };

    private static (string, byte[], ConversionSummary) Train(FeatureSchema schema, int decides)
    {
        const int Rows = 1_000;
        var random = new Random(5);
        var values = new float[Rows * schema.Count];
        var labels = new float[Rows];
        for (var row = 0; row < Rows; row++)
        {
            for (var i = 0; i < schema.Count; i++)
            {
                values[(row * schema.Count) + i] = (float)((2 * random.NextDouble()) - 1);
            }

            labels[row] = values[(row * schema.Count) + decides] + (0.4 * (random.NextDouble() - 0.5)) > 0 ? 1 : 0;
        }

        var options = new TrainingOptions { Rounds = 20, LearningRate = 0.3, Leaves = 7 };
        string[] names = [.. schema.Definitions.Select(d => d.Name)];
        using var table = new TrainingTable(values, names, [new RowRange(0, Rows)], labels, null, options);
        var text = BoosterTrainer.Train(table, null, options).ModelText;
        var (onnx, check) = ForestConversion.Convert(text, 1, CancellationToken.None);
        return (text, onnx, check);
    }
}
