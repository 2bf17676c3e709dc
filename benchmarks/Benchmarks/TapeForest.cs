using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Models.LightGbm.Signals;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Benchmarks;

/// <summary>A forest of 100 trees over all features, trained on the tape it will be timed on: only its size matters.</summary>
internal static class TapeForest
{
    private const int Trees = 100;

    public static ModelArtefact Train(DecodedTape tape, InstrumentId instrument)
    {
        var data = EventDatasetBuilder.Build(instrument, new FeatureOptions(), tape.Events, tape.LevelsOf);
        float[] labels = [.. Enumerable.Range(0, data.Rows).Select(i => i + 1 < data.Rows && data.Prices[i + 1] > data.Prices[i] ? 1f : 0f)];
        var options = new TrainingOptions { Rounds = Trees, EarlyStoppingRounds = 0, MinRowsInLeaf = 5, LearningRate = 0.01 };
        using var table = new TrainingTable(data.Values, data.Features, [new RowRange(0, data.Rows)], labels, null, options);
        var outcome = BoosterTrainer.Train(table, null, options);
        var (onnx, parity) = ForestConversion.Convert(outcome.ModelText, 1, CancellationToken.None);
        return ModelArtefact.Create(
            new ModelManifest
            {
                Format = ModelManifest.CurrentFormat,
                Name = "benchmark",
                Objective = "binary sigmoid:1",
                Trees = outcome.BestRound,
                SchemaHash = data.SchemaHash.ToString("x16", CultureInfo.InvariantCulture),
                Features = [.. data.Features.Select(f => new FeatureRange(f, null, null, 1, 1))],
                Label = "next second",
                HorizonMs = 1_000,
                TrainedFrom = DateTimeOffset.UnixEpoch,
                TrainedTo = DateTimeOffset.UnixEpoch,
                Calibration = new CalibrationCurve { Kind = CalibrationKind.Platt, A = -5, B = 0 },
                Policy = new TradingPolicy(0, 0, 10, data.Features.Length),
                Metrics = ImmutableSortedDictionary<string, double>.Empty,
                Parity = parity,
                Lineage = ImmutableSortedDictionary<string, string>.Empty,
            },
            outcome.ModelText,
            onnx);
    }
}
