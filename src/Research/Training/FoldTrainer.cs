using System.Collections.Immutable;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Research.Calibration;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Training;

/// <summary>Trains one forest on past rows: the end of them stops the boosting, fits the calibration and chooses the entry.</summary>
internal sealed class FoldTrainer(FeatureDataset data, LabelSet labels, float[] weights, TrainingPlan plan)
{
    /// <summary>Validation rows from which on the calibration may bend freely; fewer get a logistic curve.</summary>
    private const int IsotonicRowsMin = 5_000;

    /// <summary>Used features that may lie outside their training range, as a share of all features.</summary>
    private const double OutOfRangeShare = 0.05;

    public int OutOfRangeMax => (int)Math.Ceiling(data.Features.Length * OutOfRangeShare);

    public TrainingOptions Options => new()
    {
        Rounds = plan.Rounds,
        EarlyStoppingRounds = plan.EarlyStoppingRounds,
        LearningRate = plan.LearningRate,
        Leaves = plan.Leaves,
        MinRowsInLeaf = plan.MinRowsInLeaf,
        FeatureFraction = plan.FeatureFraction,
        BaggingFraction = plan.BaggingFraction,
        BaggingFrequency = plan.BaggingFraction < 1 ? 1 : 0,
        Seed = plan.Seed,
        Threads = plan.Threads,
    };

    /// <param name="fold">Its training rows are used, its test rows are not looked at.</param>
    /// <param name="progress">Told after each round.</param>
    /// <param name="cancellationToken">Looked at before each round.</param>
    public TrainedFold Train(Fold fold, IProgress<TrainingRound>? progress, CancellationToken cancellationToken)
    {
        var (fit, validation) = SplitValidation(fold.Train);
        using var train = Table(fit, null);
        using var valid = Table(validation, train);
        var outcome = BoosterTrainer.Train(train, valid, Options, progress, cancellationToken);
        using var booster = Booster.FromText(outcome.ModelText);
        var window = new RowRange(validation[0].First, validation[^1].First + validation[^1].Count - validation[0].First);
        var raw = RawScores(booster, window);
        var calibration = Calibrate(
            [.. Rows(validation).Select(r => raw[r - window.First])], [.. Rows(validation).Select(Target)]);
        var mean = MeanMove(fit);
        var policy = EntryChoice.Choose(
            data, window.First, [.. raw.Select(calibration.Apply)], (double)plan.CostBps, mean, OutOfRangeMax);
        return new TrainedFold(outcome, calibration, policy);
    }

    public double[] RawScores(Booster booster, RowRange rows) => booster.Predict(
        data.Values.AsSpan(rows.First * data.Features.Length, rows.Count * data.Features.Length),
        data.Features.Length,
        PredictionKind.RawScore,
        plan.Threads);

    public TrainingTable Table(ImmutableArray<RowRange> ranges, TrainingTable? reference) => new(
        data.Values,
        data.Features,
        ranges,
        [.. Rows(ranges).Select(Target)],
        [.. Rows(ranges).Select(r => weights[r])],
        Options,
        reference);

    public static CalibrationCurve Calibrate(double[] raw, float[] outcomes) =>
        raw.Length >= IsotonicRowsMin ? IsotonicCalibrator.Fit(raw, outcomes) : PlattCalibrator.Fit(raw, outcomes);

    public double MeanMove(ImmutableArray<RowRange> ranges) => Rows(ranges).Average(r => Math.Abs((double)labels.ReturnBps[r]));

    public float Target(int row) => labels.TryGetTarget(row, out var target) ? target : float.NaN;

    public static IEnumerable<int> Rows(ImmutableArray<RowRange> ranges) =>
        ranges.SelectMany(r => Enumerable.Range(r.First, r.Count));

    /// <summary>The last share of the rows validates; before it, rows whose labels reach into it are purged.</summary>
    private (ImmutableArray<RowRange> Fit, ImmutableArray<RowRange> Validation) SplitValidation(ImmutableArray<RowRange> rows)
    {
        var (first, end) = (rows[0].First, rows[^1].First + rows[^1].Count);
        var from = end - (int)((end - first) * plan.ValidationShare);
        var validation = WalkForward.Purge(data.Times, labels, from, end, labels.EndTimes[end - 1] + TimeSpan.FromTicks(1));
        var fit = WalkForward.Purge(data.Times, labels, first, from, data.Times[from]);
        return fit.IsEmpty || validation.IsEmpty
            ? throw new ArgumentException($"{end - first} training rows are too few to set {plan.ValidationShare:P0} of them aside")
            : (fit, validation);
    }
}
