using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;

namespace BtcAgent.Research.Datasets;

/// <summary>
/// One row at the close of each bar in which something was traded, from the bar on which every window is whole. The
/// price is the bar's close.
/// </summary>
public static class BarDatasetBuilder
{
    private const int BarsPerReport = 16_384;

    /// <param name="instrument">Of all bars.</param>
    /// <param name="bars">Of one interval, rising; missing intervals are filled as a live bar builder fills them.</param>
    /// <param name="vpinBucketBase">Part of the schema hash.</param>
    /// <param name="progress">Told how many bars are done, now and then.</param>
    /// <param name="cancel">Looked at as often as progress is told.</param>
    /// <exception cref="ArgumentException">No bars, or bars off their grid or order.</exception>
    public static FeatureDataset Build(
        InstrumentId instrument,
        ReadOnlySpan<Bar> bars,
        double vpinBucketBase = 2,
        IProgress<long>? progress = null,
        CancellationToken cancel = default)
    {
        if (bars.IsEmpty)
        {
            throw new ArgumentException("no bars to make a dataset of", nameof(bars));
        }

        var pipeline = new BarFeaturePipeline(bars[0].Interval, vpinBucketBase);
        var width = pipeline.Schema.Count;
        var (times, prices) = (new Timestamp[bars.Length], new double[bars.Length]);
        var values = new float[checked(bars.Length * width)];
        var rows = 0;
        for (var i = 0; i < bars.Length; i++)
        {
            if (i % BarsPerReport == 0)
            {
                cancel.ThrowIfCancellationRequested();
                progress?.Report(i);
            }

            ref readonly var bar = ref bars[i];
            if (!pipeline.Apply(in bar) || !pipeline.IsWarm)
            {
                continue;
            }

            times[rows] = bar.CloseTime;
            prices[rows] = bar.Close.ToDouble();
            pipeline.Write(values.AsSpan(rows * width, width));
            rows++;
        }

        progress?.Report(bars.Length);
        Array.Resize(ref times, rows);
        Array.Resize(ref prices, rows);
        Array.Resize(ref values, rows * width);
        return new FeatureDataset(
            instrument, pipeline.Schema.Hash, [.. pipeline.Schema.Definitions.Select(d => d.Name)], times, prices, values);
    }
}
