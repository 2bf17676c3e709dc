using System.Collections.Immutable;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Training;

/// <summary>Computes the range of each feature in the training data.</summary>
internal static class TrainingRanges
{
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
        return
        [
            .. data.Features.Select((name, i) => new FeatureRange(
                name, Known(low[i]), Known(high[i]), missing[i] / total, gains[i])),
        ];
    }

    private static float? Known(float value) => float.IsInfinity(value) ? null : value;
}
