using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Drift;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Models.LightGbm.Signals;
using BtcAgent.Research.Calibration;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Leakage;
using BtcAgent.Research.Metrics;
using BtcAgent.Research.Validation;
using BtcAgent.Research.Verdicts;

namespace BtcAgent.Research.Training;

/// <summary>
/// Trains and evaluates a model on a labelled dataset: walk-forward folds first, then the forest on all rows, calibrated on
/// the folds' out-of-sample scores. <c>docs/models.md</c> describes the process.
/// </summary>
/// <param name="dataset">Samples with their labels and weights.</param>
/// <param name="plan">Plan of the training.</param>
/// <param name="lineage">Origin of the data and the code that read it; parameters and seed are added.</param>
/// <param name="audit">Result of the look-ahead audit of the data.</param>
public sealed class ModelTrainer(
    StoredDataset dataset,
    TrainingPlan plan,
    ImmutableSortedDictionary<string, string> lineage,
    LookAheadReport audit)
{
    private readonly FeatureDataset _data = dataset.Rows;
    private readonly LabelSet _labels = dataset.Labels;
    private readonly FoldTrainer _trainer = new(dataset.Rows, dataset.Labels, dataset.Weights, plan);

    /// <param name="source">Description of the data for the report.</param>
    /// <param name="withModel">False stops after the walk-forward.</param>
    /// <param name="progress">Called at least once per fold.</param>
    /// <param name="cancellationToken">Checked before each boosting round.</param>
    /// <exception cref="ArgumentException">There are too few rows, or labels of only one kind.</exception>
    /// <exception cref="LightGbmException">Native training failed or is not available.</exception>
    /// <exception cref="ModelRefusedException">The converted model does not pass the conversion check.</exception>
    public TrainingRun Run(
        string source, bool withModel, IProgress<TrainingStep>? progress, CancellationToken cancellationToken)
    {
        var scores = new OutOfSampleScores(_data.Rows);
        var folds = new WalkForward(plan.Folds, Embargo.OfShare(_data, plan.Embargo)).Split(_data, _labels);
        var results = ImmutableArray.CreateBuilder<FoldResult>();
        var trees = new List<int>();
        IReadOnlyList<double> gains = [];
        var steps = plan.Folds + (withModel ? 2.0 : 0.5);
        for (var i = 0; i < folds.Count; i++)
        {
            var trained = _trainer.Train(folds[i], Rounds($"fold {i + 1} of {folds.Count}", i / steps, 1 / steps), cancellationToken);
            Score(folds[i], trained, scores);
            results.Add(Judge(i + 1, folds[i], trained, scores));
            trees.Add(trained.Outcome.BestRound);
            gains = trained.Outcome.Gains;
        }

        progress?.Report(new TrainingStep("judging the test windows", plan.Folds / steps));
        var (raw, probabilities, outcomes) = scores.Judged(_labels);
        var trials = PolicyTrials.Of(_data, scores, (double)plan.CostBps);
        var outOfSample = new PolicyBacktest(_data, plan.CostBps, plan.Fraction)
            .Run($"{plan.Name}, walk-forward", source, scores.Probabilities, scores.PolicyAt);
        var checks = new LeakageReport(audit, _data.Features.Length, new ShiftedLabelTest().Run(_data, _labels));
        var run = new TrainingRun
        {
            Folds = results.ToImmutable(),
            OutOfSample = outOfSample,
            Uncalibrated = ReliabilityFigures.Of([.. raw.Select(r => 1 / (1 + Math.Exp(-r)))], outcomes, TrainingRun.ReliabilityBins),
            Calibrated = ReliabilityFigures.Of(probabilities, outcomes, TrainingRun.ReliabilityBins),
            Importance = Rank(gains),
            OverfittingProbability = trials.OverfittingProbability,
            Trials = trials.Count,
            IndependentTrials = trials.Independent,
            Checks = checks,
            Verdict = Verdict(outOfSample, results, trials, checks),
        };
        if (!withModel)
        {
            return run;
        }

        trees.Sort();
        var final = Finish(trees[trees.Count / 2], _trainer.Calibrate(raw, outcomes), scores, run, Rounds("the model on all rows", plan.Folds / steps, 1 / steps), cancellationToken);
        progress?.Report(new TrainingStep("done", 1));
        return run with { Artefact = final.Artefact, Importance = Rank(final.Gains) };

        Progress Rounds(string what, double from, double share) => new(progress, what, from, share);
    }

    private static Verdict Verdict(
        Backtests.BacktestResult outOfSample, IReadOnlyCollection<FoldResult> folds, PolicyTrials trials, LeakageReport checks) =>
        VerdictRules.Of(new VerdictEvidence
        {
            Leakage = checks,
            Metrics = PerformanceMetrics.From(outOfSample, trials.Independent),
            RoundTrips = outOfSample.RoundTrips.Length,
            Folds = folds.Count,
            FoldsWithGain = folds.Count(f => f.NetReturn > 0),
            IndependentTrials = trials.Independent,
            OverfittingProbability = trials.OverfittingProbability,
        });

    private void Score(Fold fold, TrainedFold trained, OutOfSampleScores scores)
    {
        using var booster = Booster.FromText(trained.Outcome.ModelText);
        foreach (var range in fold.Test)
        {
            var raw = _trainer.RawScores(booster, range);
            for (var i = 0; i < raw.Length; i++)
            {
                scores.Set(range.From + i, raw[i], trained.Calibration.Apply(raw[i]), trained.Policy);
            }
        }
    }

    private FoldResult Judge(int number, Fold fold, TrainedFold trained, OutOfSampleScores scores)
    {
        var (from, to) = (fold.Test[0].From, fold.Test[^1].To);
        var (_, probabilities, outcomes) = scores.Judged(_labels, from, to);
        var figures = ReliabilityFigures.Of(probabilities, outcomes);
        var masked = new double[_data.Rows];
        Array.Fill(masked, double.NaN);
        scores.Probabilities.AsSpan(from, to - from).CopyTo(masked.AsSpan(from));
        var traded = new PolicyBacktest(_data, plan.CostBps, plan.Fraction).Run("fold", "", masked, scores.PolicyAt);
        return new FoldResult(
            number,
            fold.TrainRows(_labels).Length,
            _data.Times[fold.Train[0].From],
            _data.Times[fold.Train[^1].To - 1],
            to - from,
            _data.Times[from],
            _data.Times[to - 1],
            trained.Outcome.BestRound,
            figures.Auc,
            figures.LogLoss,
            figures.Brier,
            trained.Policy.EntryConfidence,
            (double)((traded.FinalCash / PolicyBacktest.InitialCash) - 1),
            traded.RoundTrips.Length);
    }

    private (ModelArtefact Artefact, IReadOnlyList<double> Gains) Finish(
        int rounds,
        CalibrationCurve calibration,
        OutOfSampleScores scores,
        TrainingRun run,
        IProgress<TrainingRound> progress,
        CancellationToken cancellationToken)
    {
        var rows = _trainer.Rows(0, _data.Rows);
        using var table = _trainer.Table(rows, null);
        var outcome = BoosterTrainer.Train(
            table, null, _trainer.Options with { Rounds = rounds }, progress, cancellationToken);
        double[] served = [.. scores.Raw.Select(calibration.Apply)];
        var policy = EntryChoice.Choose(
            _data,
            [CalibratedBlock.Of(new Validation.RowRange(0, _data.Rows), scores.Probabilities, scores.Probabilities)],
            served,
            (double)plan.CostBps,
            _trainer.MeanMove(rows),
            _trainer.OutOfRangeMax,
            plan.ExitRatio,
            plan.EntryShare);
        policy = policy with
        {
            MeanMoveBps = PositionMoves.PerConfidence(_data.Prices, served, policy) ?? policy.MeanMoveBps,
        };
        var (onnx, check) = ForestConversion.Convert(outcome.ModelText, plan.Seed, cancellationToken);
        var manifest = new ModelManifest
        {
            Format = ModelManifest.CurrentFormat,
            Name = plan.Name,
            Objective = "binary sigmoid:1",
            Trees = outcome.BestRound,
            SchemaHash = _data.SchemaHash.ToString("x16", CultureInfo.InvariantCulture),
            Features = TrainingRanges.Of(_data, rows, outcome.Gains),
            Label = _labels.Definition,
            HorizonMs = _labels.HorizonNs / 1_000_000,
            TrainedFrom = _data.Times[rows.First].ToDateTimeOffset(),
            TrainedTo = _data.Times[rows.Last].ToDateTimeOffset(),
            Calibration = calibration,
            Policy = policy,
            Metrics = Metrics(run).AddRange(DailyFigures.Of(run.OutOfSample.Track, (double)plan.Fraction)),
            Verdict = run.Verdict,
            ScoreBins = FeatureBins.Of([.. served.Where(p => !double.IsNaN(p)).Select(p => (float)p)]) is { Rows: > 0 } bins ? bins : null,
            LabelAtHorizon = Enumerable.Range(0, _labels.Rows).All(
                row => !_labels.Known[row] || _labels.EndTimes[row].UnixNanoseconds - _data.Times[row].UnixNanoseconds == _labels.HorizonNs),
            Parity = check,
            Lineage = lineage.SetItems(Parameters()),
        };
        return (ModelArtefact.Create(manifest, outcome.ModelText, onnx), outcome.Gains);
    }

    private static ImmutableSortedDictionary<string, double> Metrics(TrainingRun run) =>
        ImmutableSortedDictionary<string, double>.Empty.WithComparers(StringComparer.Ordinal)
            .Add("auc", run.Calibrated.Auc)
            .Add("log_loss", run.Calibrated.LogLoss)
            .Add("brier", run.Calibrated.Brier)
            .Add("calibration_error", run.Calibrated.ExpectedCalibrationError)
            .Add("oos_net_return", (double)((run.OutOfSample.FinalCash / run.OutOfSample.InitialCash) - 1))
            .Add("oos_round_trips", run.OutOfSample.RoundTrips.Length)
            .Add("folds_with_gain", run.Folds.Count(f => f.NetReturn > 0));

    private ImmutableSortedDictionary<string, string> Parameters() =>
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal)
            .Add("seed", plan.Seed.ToString(CultureInfo.InvariantCulture))
            .Add("plan", string.Create(
                CultureInfo.InvariantCulture,
                $"folds={plan.Folds} rounds={plan.Rounds} early_stopping={plan.EarlyStoppingRounds} learning_rate={plan.LearningRate} leaves={plan.Leaves} min_rows={plan.MinRowsInLeaf} feature_fraction={plan.FeatureFraction} bagging_fraction={plan.BaggingFraction} validation_share={plan.ValidationShare} embargo={plan.Embargo} calibration={plan.Calibration} fee_bps={plan.FeeBps} slippage_bps={plan.SlippageBps} fraction={plan.Fraction}{Searched()}"));

    /// <summary>Parameters that only a search changes; none where they have their defaults.</summary>
    private string Searched()
    {
        var defaults = new TrainingPlan();
        return string.Concat(
            plan.SampleEvery == defaults.SampleEvery ? "" : string.Create(CultureInfo.InvariantCulture, $" sample_every={plan.SampleEvery}"),
            plan.WithoutFeatures.IsEmpty ? "" : $" without={string.Join(',', plan.WithoutFeatures)}",
            plan.EntryShare is { } share ? string.Create(CultureInfo.InvariantCulture, $" entry_share={share}") : "",
            plan.ExitRatio == defaults.ExitRatio ? "" : string.Create(CultureInfo.InvariantCulture, $" exit_ratio={plan.ExitRatio}"));
    }

    private ImmutableArray<FeatureGain> Rank(IReadOnlyList<double> gains) =>
        [.. _data.Features.Select((name, i) => new FeatureGain(name, gains[i])).OrderByDescending(f => f.Gain).ThenBy(f => f.Name, StringComparer.Ordinal)];

    private sealed class Progress(IProgress<TrainingStep>? steps, string what, double from, double share) : IProgress<TrainingRound>
    {
        public void Report(TrainingRound value) =>
            steps?.Report(new TrainingStep(what, from + (share * value.Round / value.Rounds)));
    }
}
