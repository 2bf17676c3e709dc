using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Research.Calibration;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Validation;
using NativeRange = BtcAgent.Models.LightGbm.Native.RowRange;

namespace BtcAgent.Research.Training;

/// <summary>
/// Trains one forest on past rows; the last of them stop the boosting, fit the calibration and choose the entry.
/// </summary>
internal sealed class FoldTrainer(FeatureDataset data, LabelSet labels, double[] weights, TrainingPlan plan)
{
    /// <summary>Allowed used features outside their training range, as a fraction of all features.</summary>
    private const double OutOfRangeShare = 0.05;

    private readonly Purging _purging = new(data, labels);

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

    /// <param name="fold">Fold whose training rows are used; its test rows are not read.</param>
    /// <param name="progress">Called after each round.</param>
    /// <param name="cancellationToken">Checked before each round.</param>
    /// <exception cref="ArgumentException">There are too few rows to set some aside.</exception>
    public TrainedFold Train(Fold fold, IProgress<TrainingRound>? progress, CancellationToken cancellationToken)
    {
        var rows = fold.Train[0];
        var aside = new Validation.RowRange(rows.To - (int)(rows.Count * plan.ValidationShare), rows.To);
        var fitEnd = aside.Count > 0 ? _purging.EndOfTrainBefore(aside, TimeSpan.Zero) : rows.From;
        if (fitEnd <= rows.From)
        {
            throw new ArgumentException(
                $"fold {fold.Number + 1}: {rows.Count} rows are too few to set {plan.ValidationShare:P0} of them aside");
        }

        var (fit, validation) = (Rows(rows.From, fitEnd), Rows(aside.From, aside.To));
        using var train = Table(fit, null);
        using var valid = Table(validation, train);
        var outcome = BoosterTrainer.Train(train, valid, Options, progress, cancellationToken);
        using var booster = Booster.FromText(outcome.ModelText);
        var raw = RawScores(booster, aside);
        var calibration = Calibrate(
            [.. validation.Indices.Select(r => raw[r - aside.From])], [.. validation.Targets.Select(t => t > 0.5f)]);
        var policy = EntryChoice.Choose(
            data,
            CrossFit.Of(aside, raw, labels, _purging, Calibrate),
            [.. raw.Select(calibration.Apply)],
            (double)plan.CostBps,
            MeanMove(fit),
            OutOfRangeMax,
            plan.ExitRatio,
            plan.EntryShare);
        return new TrainedFold(outcome, calibration, policy);
    }

    public double[] RawScores(Booster booster, Validation.RowRange rows) => booster.Predict(
        data.Values.AsSpan(rows.From * data.Features.Length, rows.Count * data.Features.Length),
        data.Features.Length,
        PredictionKind.RawScore,
        plan.Threads);

    /// <summary>The rows of a range that are trained on.</summary>
    public KnownRows Rows(int from, int to) => KnownRows.Of(labels, from, to, plan.SampleEvery);

    public TrainingTable Table(KnownRows rows, TrainingTable? reference)
    {
        var isWhole = plan.SampleEvery == 1 && plan.WithoutFeatures.IsEmpty;
        return new(
            isWhole ? data.Values : Gathered(rows),
            data.Features,
            isWhole ? rows.Ranges : [new NativeRange(0, rows.Count)],
            rows.Targets,
            [.. rows.Indices.Select(r => (float)weights[r])],
            Options,
            reference);
    }

    public CalibrationCurve Calibrate(double[] raw, bool[] outcomes) => plan.Calibration == CalibrationKind.Isotonic
        ? IsotonicCalibrator.Fit(raw, outcomes)
        : PlattCalibrator.Fit(raw, outcomes);

    public double MeanMove(KnownRows rows) => rows.Indices.Average(r => Math.Abs((double)labels.ReturnBps[r]));

    /// <summary>Copies rows; a feature that may not be used is constant, so that no tree splits on it.</summary>
    private float[] Gathered(KnownRows rows)
    {
        var width = data.Features.Length;
        int[] without = [.. Enumerable.Range(0, width).Where(i => plan.WithoutFeatures.Contains(data.Features[i]))];
        var values = new float[checked(rows.Count * width)];
        var at = 0;
        foreach (var row in rows.Indices)
        {
            var copy = values.AsSpan(at++ * width, width);
            data.Row(row).CopyTo(copy);
            foreach (var i in without)
            {
                copy[i] = 0;
            }
        }

        return values;
    }
}
