using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;

namespace BtcAgent.Research.Datasets;

/// <summary>
/// Builds one row at the close of each bar with trades, from the first bar on which every window is full. The price is the
/// bar's close.
/// </summary>
public static class BarDatasetBuilder
{
    private const int BarsPerReport = 16_384;

    /// <param name="instrument">Instrument of all bars.</param>
    /// <param name="bars">Bars of one interval, ascending; missing intervals are filled as by a live bar builder.</param>
    /// <param name="vpinBucketBase">Part of the schema hash.</param>
    /// <param name="progress">Receives the number of bars done, periodically.</param>
    /// <param name="cancel">Checked when progress is reported.</param>
    /// <exception cref="ArgumentException">There are no bars, or they are off their grid or order.</exception>
    public static FeatureDataset Build(
        InstrumentId instrument,
        ReadOnlySpan<Bar> bars,
        double vpinBucketBase = 2,
        IProgress<long>? progress = null,
        CancellationToken cancel = default)
    {
        if (bars.IsEmpty)
        {
            throw new ArgumentException("there are no bars to build a dataset from", nameof(bars));
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
