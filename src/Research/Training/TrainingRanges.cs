using System.Collections.Immutable;
using BtcAgent.Domain.Drift;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Training;

/// <summary>Computes the range and distribution of each feature in the training data.</summary>
internal static class TrainingRanges
{
    /// <summary>Rows that distributions are taken from, evenly spaced.</summary>
    private const int BinnedRowsMax = 250_000;

    /// <summary>Features with distributions: those of more would not fit in a manifest.</summary>
    private const int BinnedFeaturesMax = 256;

    public static ImmutableArray<FeatureRange> Of(
        FeatureDataset data, KnownRows rows, ImmutableArray<double> gains)
    {
        var columns = data.Features.Length;
        var (low, high, missing) = (new float[columns], new float[columns], new int[columns]);
        Array.Fill(low, float.PositiveInfinity);
        Array.Fill(high, float.NegativeInfinity);
        foreach (var row in rows.Indices)
        {
            var values = data.Row(row);
            for (var i = 0; i < columns; i++)
            {
                if (float.IsNaN(values[i]))
                {
                    missing[i]++;
                    continue;
                }

                low[i] = Math.Min(low[i], values[i]);
                high[i] = Math.Max(high[i], values[i]);
            }
        }

        var total = (double)rows.Count;
        var stride = (rows.Count + BinnedRowsMax - 1) / BinnedRowsMax;
        int[] binned = [.. rows.Indices.Where((_, i) => i % stride == 0)];
        return
        [
            .. data.Features.Select((name, i) => new FeatureRange(
                name, Known(low[i]), Known(high[i]), missing[i] / total, gains[i]) { Bins = columns > BinnedFeaturesMax ? null : Bins(data, binned, i) }),
        ];
    }

    private static FeatureBins Bins(FeatureDataset data, int[] rows, int column)
    {
        var values = new float[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            values[i] = data.Row(rows[i])[column];
        }

        return FeatureBins.Of(values);
    }

    private static float? Known(float value) => float.IsInfinity(value) ? null : value;
}
