using System.Collections.Immutable;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Optimization.Objectives;
using BtcAgent.Research.Training;
using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Ablations;

/// <summary>
/// Trains each walk-forward fold once more without a group of features and compares the squared errors of the probabilities on the same test rows, in blocks of
/// rows in order. The interval of the mean gain is that of a series whose neighbours are correlated (Diebold, Mariano 1995, for forecasts of
/// two methods; Giacomini, White 2006), with Bonferroni's correction for the number of groups. Squared errors are bounded: one fold with a bad calibration does not decide.
/// </summary>
/// <param name="dataset">Samples with their labels and weights.</param>
/// <param name="plan">Plan of the training.</param>
public sealed class AblationTest(StoredDataset dataset, TrainingPlan plan)
{
    /// <summary>Folds from which an interval means something.</summary>
    public const int FoldsMin = 3;

    private const double Confidence = 0.95;

    /// <summary>Blocks of a fold's test rows; fewer where a block would be shorter than <see cref="HorizonsMin"/>.</summary>
    private const int BlocksMax = 10;

    /// <summary>Label horizons of a block: neighbouring rows share most of their label.</summary>
    private const int HorizonsMin = 5;

    private readonly FeatureDataset _data = dataset.Rows;

    /// <param name="groups">Names of <see cref="FeatureGroups"/>.</param>
    /// <param name="progress">Called before each fold.</param>
    /// <param name="cancellationToken">Checked before each boosting round.</param>
    /// <exception cref="ArgumentException">A group is unknown, or there are too few folds.</exception>
    public AblationReport Run(ImmutableArray<string> groups, IProgress<TrainingStep>? progress, CancellationToken cancellationToken)
    {
        if (groups.FirstOrDefault(group => !FeatureGroups.Names.Contains(group)) is { } unknown)
        {
            throw new ArgumentException($"unknown group of features '{unknown}': use {string.Join(", ", FeatureGroups.Names)}", nameof(groups));
        }

        if (plan.Folds < FoldsMin)
        {
            throw new ArgumentException($"{plan.Folds} folds are too few to compare groups of features: use {FoldsMin} or more", nameof(groups));
        }

        var folds = new WalkForward(plan.Folds, Embargo.OfShare(_data, plan.Embargo)).Split(_data, dataset.Labels);
        var used = groups.Select(group => (Group: group, Features: FeaturesOf(group))).ToArray();
        var compared = Math.Max(1, used.Count(group => group.Features.Length > 0));
        var all = new FoldTrainer(_data, dataset.Labels, dataset.Weights, plan);
        progress?.Report(new TrainingStep("with all features", 0));
        var errors = folds.Select(fold => Errors(all, fold, cancellationToken)).ToArray();
        var results = ImmutableArray.CreateBuilder<GroupAblation>(groups.Length);
        foreach (var (index, (group, features)) in used.Index())
        {
            if (features.Length == 0)
            {
                results.Add(new GroupAblation(group, 0, double.NaN, double.NaN, double.NaN, [], AblationFinding.NoData));
                continue;
            }

            var trainer = new FoldTrainer(_data, dataset.Labels, dataset.Weights, plan with { WithoutFeatures = [.. plan.WithoutFeatures, .. features] });
            var gains = new List<double[]>();
            foreach (var (number, fold) in folds.Index())
            {
                progress?.Report(new TrainingStep($"without {group}, fold {number + 1} of {folds.Count}", (index + ((double)number / folds.Count)) / used.Length));
                if (errors[number].Count > 0)
                {
                    gains.Add(Blocks(Errors(trainer, fold, cancellationToken).Zip(errors[number], (without, with) => without - with).ToArray(), fold));
                }
            }

            results.Add(gains.Count < FoldsMin
                ? throw new ArgumentException($"only {gains.Count} folds have test rows with a label: use more data or fewer folds", nameof(groups))
                : Judge(group, features.Length, gains, compared));
        }

        return new AblationReport(Confidence, results.MoveToImmutable());
    }

    private static GroupAblation Judge(string group, int features, List<double[]> gains, int compared)
    {
        double[] blocks = [.. gains.SelectMany(fold => fold)];
        var estimate = MeanEstimate.Of(blocks);
        var degrees = Math.Max(1, blocks.Length / (LongRunVariance.LagOf(blocks.Length) + 1));

        // The blocks of a fold share its forests, and with them the luck of its training.
        var ofFolds = Math.Sqrt(LongRunVariance.NeweyWest([.. gains.Select(fold => fold.Average())], 0) / gains.Count);
        var share = 1 - ((1 - Confidence) / compared);
        var half = Math.Max(StudentT.Quantile(share, degrees) * estimate.StandardError, StudentT.Quantile(share, gains.Count - 1) * ofFolds);
        var (low, high) = (estimate.Mean - half, estimate.Mean + half);
        return new GroupAblation(
            group, features, estimate.Mean, low, high, [.. gains.Select(fold => fold.Average())],
            low > 0 ? AblationFinding.Helps : high < 0 ? AblationFinding.Hurts : AblationFinding.NotShown);
    }

    /// <summary>Squared errors of the calibrated probabilities of the test rows with a known label.</summary>
    private List<double> Errors(FoldTrainer trainer, Fold fold, CancellationToken cancellationToken)
    {
        var trained = trainer.Train(fold, null, cancellationToken);
        using var booster = Booster.FromText(trained.Outcome.ModelText);
        var errors = new List<double>();
        foreach (var range in fold.Test)
        {
            var raw = trainer.RawScores(booster, range);
            for (var i = 0; i < raw.Length; i++)
            {
                if (dataset.Labels.TryGetTarget(range.From + i, out var target))
                {
                    var error = trained.Calibration.Apply(raw[i]) - (target > 0.5f ? 1 : 0);
                    errors.Add(error * error);
                }
            }
        }

        return errors;
    }

    /// <summary>Means of blocks of equal numbers of rows.</summary>
    private double[] Blocks(double[] gains, Fold fold)
    {
        var span = _data.Times[fold.Test[^1].To - 1].UnixNanoseconds - _data.Times[fold.Test[0].From].UnixNanoseconds;
        var count = (int)Math.Clamp(span / (HorizonsMin * Math.Max(1, dataset.Labels.HorizonNs)), 1, Math.Min(BlocksMax, gains.Length));
        return [.. Enumerable.Range(0, count).Select(block =>
        {
            var (from, to) = (gains.Length * block / count, gains.Length * (block + 1) / count);
            return gains.AsSpan(from, to - from).ToArray().Average();
        })];
    }

    /// <summary>The features of a group that have more than one value.</summary>
    private ImmutableArray<string> FeaturesOf(string group)
    {
        var width = _data.Features.Length;
        return [.. Enumerable.Range(0, width).Where(i => FeatureGroups.Of(_data.Features[i]) == group && Varies(i)).Select(i => _data.Features[i])];

        bool Varies(int feature)
        {
            var first = float.NaN;
            for (var at = feature; at < _data.Values.Length; at += width)
            {
                var value = _data.Values[at];
                if (float.IsNaN(value))
                {
                    continue;
                }

                if (float.IsNaN(first))
                {
                    first = value;
                }
                else if (value != first)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
