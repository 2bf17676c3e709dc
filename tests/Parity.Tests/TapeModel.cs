using System.Collections.Immutable;
using BtcAgent.Domain;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Models;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Leakage;
using BtcAgent.Research.Training;
using BtcAgent.Research.Weights;

namespace BtcAgent.Parity.Tests;

/// <summary>
/// A small forest trained on the tape itself: worthless, but it trades, and its decisions can be compared.
/// </summary>
internal static class TapeModel
{
    public static ModelArtefact Train(DecodedTape tape, InstrumentId instrument)
    {
        var data = EventDatasetBuilder.Build(instrument, new FeatureOptions(), tape.Events, tape.LevelsOf);
        var labels = new FixedHorizonLabeler(TimeSpan.FromSeconds(10)).Label(data, PricePath.FromRows(data, TimeSpan.FromSeconds(5)));
        var dataset = new StoredDataset(data, labels, UniquenessWeights.Of(data, labels));
        var plan = new TrainingPlan
        {
            Name = "tape",
            Folds = 2,
            Rounds = 30,
            MinRowsInLeaf = 10,
            Leaves = 7,
            LearningRate = 0.2,
            FeeBps = 0,
            ValidationShare = 0.3,
        };
        var trained = new ModelTrainer(dataset, plan, ImmutableSortedDictionary<string, string>.Empty, LookAheadReport.LivePipeline)
            .Run("tape", withModel: true, null, TestContext.Current.CancellationToken).Artefact!;

        // Always confident, always in the market and expecting more than its costs, so that there is something to compare.
        var calibration = new CalibrationCurve { Kind = CalibrationKind.Platt, A = -20, B = 0 };
        var policy = new TradingPolicy(EntryConfidence: 0, ExitConfidence: 0, MeanMoveBps: 100, OutOfRangeMax: data.Features.Length);
        return ModelArtefact.Create(trained.Manifest with { Policy = policy, Calibration = calibration }, trained.Text, trained.Onnx);
    }
}
