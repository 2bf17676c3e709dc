using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using BtcAgent.Domain.Features;
using BtcAgent.Research.Bars;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Labels;
using BtcAgent.Research.Weights;

namespace BtcAgent.Research.Training;

/// <summary>Bars to a labelled dataset to a trained model, in one call.</summary>
/// <param name="instrument">Of the bars.</param>
/// <param name="horizonBars">Longest time a label looks ahead, in bars; 1 or more.</param>
/// <param name="barrierBps">Distance of both barriers; 0 labels by the return at the horizon.</param>
public sealed class BarTraining(InstrumentId instrument, int horizonBars, double barrierBps)
{
    /// <summary>Pause in the bars that a label may span, in bars.</summary>
    private const int GapBarsMax = 30;

    /// <param name="series">Bars.</param>
    /// <param name="progress">Told the share done, 0…1.</param>
    /// <param name="cancellationToken">Looked at every few thousand bars.</param>
    public (FeatureDataset Data, LabelSet Labels, float[] Weights) Label(
        BarSeries series, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var data = BarDatasetBuilder.Build(
            instrument, series.Bars, new FeatureOptions().VpinBucketBase, progress, cancellationToken);
        var skipped = series.Bars.Length - data.Rows;
        var path = new PricePath(
            data.Times,
            data.Prices,
            [.. series.Bars.Skip(skipped).Select(b => b.High.ToDouble())],
            [.. series.Bars.Skip(skipped).Select(b => b.Low.ToDouble())]);
        var horizon = series.Interval * horizonBars;
        var gap = series.Interval * GapBarsMax;
        var labels = barrierBps > 0
            ? new TripleBarrierLabeler(barrierBps, horizon, gap).Label(path)
            : new FixedHorizonLabeler(horizon, gap).Label(path);
        return (data, labels, UniquenessWeights.Of(data.Times, labels));
    }

    /// <summary>Where a model came from, but for its parameters.</summary>
    public static ImmutableSortedDictionary<string, string> Lineage(
        FeatureDataset data, LabelSet labels, float[] weights, string source) =>
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal)
            .Add("code_version", typeof(BarTraining).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion)
            .Add("data", source)
            .Add("data_hash", DatasetHash.Of(data, labels, weights))
            .Add("rows", data.Rows.ToString(CultureInfo.InvariantCulture));
}
