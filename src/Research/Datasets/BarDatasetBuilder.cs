using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;

namespace BtcAgent.Research.Datasets;

/// <summary>One row at the close of each bar, from the first bar on which every window over bars is whole.</summary>
public static class BarDatasetBuilder
{
    private const int ReportEvery = 16_384;

    /// <param name="instrument">Of the bars.</param>
    /// <param name="bars">With trades, in order; missing intervals stay missing rows.</param>
    /// <param name="vpinBucketBase">Part of the schema that serves the model; no feature over bars uses it.</param>
    /// <param name="progress">Told the share done, 0…1.</param>
    /// <param name="cancellationToken">Looked at every few thousand bars.</param>
    /// <exception cref="ArgumentException">No bar left after the warm-up, or bars that are not in order.</exception>
    public static FeatureDataset Build(
        InstrumentId instrument,
        ReadOnlySpan<Bar> bars,
        double vpinBucketBase,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var options = Options(bars.IsEmpty ? TimeSpan.FromMinutes(1) : bars[0].Interval, vpinBucketBase);
        var pipeline = new BarFeaturePipeline(instrument, options);
        var columns = pipeline.Schema.Count;
        var first = 0;
        while (first < bars.Length && !pipeline.IsWarm)
        {
            pipeline.Apply(in bars[first++]);
        }

        var rows = pipeline.IsWarm ? bars.Length - first + 1 : 0;
        if (rows == 0)
        {
            throw new ArgumentException($"{bars.Length} bars are fewer than the features need to warm up");
        }

        var (times, prices, values) = (new Timestamp[rows], new double[rows], new float[(long)rows * columns]);
        for (var row = 0; row < rows; row++)
        {
            if (row > 0)
            {
                pipeline.Apply(in bars[first + row - 1]);
            }

            ref readonly var bar = ref bars[first + row - 1];
            times[row] = bar.CloseTime;
            prices[row] = bar.Close.ToDouble();
            pipeline.Read(values.AsSpan(row * columns, columns));
            if (row % ReportEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report((double)row / rows);
            }
        }

        return new FeatureDataset(
            instrument, pipeline.Schema.Hash, [.. pipeline.Schema.Definitions.Select(d => d.Name)], times, prices, values);
    }

    /// <summary>Feature options of an agent that could serve a model trained on such bars.</summary>
    public static FeatureOptions Options(TimeSpan interval, double vpinBucketBase) => new()
    {
        BarIntervalMs = (int)interval.TotalMilliseconds,
        SampleIntervalMs = (int)interval.TotalMilliseconds,
        VpinBucketBase = vpinBucketBase,
    };
}
