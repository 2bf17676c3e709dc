using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Weights;

/// <summary>
/// Weighs each row by how little its label overlaps others: the mean of 1/(labels alive) over the rows it spans, scaled
/// to a mean of 1 over the known rows. Source: López de Prado 2018, ch. 4.
/// </summary>
public static class UniquenessWeights
{
    /// <param name="times">Of the rows.</param>
    /// <param name="labels">Unknown rows weigh 0.</param>
    public static float[] Of(Timestamp[] times, LabelSet labels)
    {
        var rows = times.Length;
        var last = Ends(times, labels);
        var concurrency = new int[rows + 1];
        for (var i = 0; i < rows; i++)
        {
            if (labels.Known[i])
            {
                concurrency[i]++;
                concurrency[last[i] + 1]--;
            }
        }

        var inverse = new double[rows + 1];
        for (int i = 0, alive = 0; i < rows; i++)
        {
            alive += concurrency[i];
            inverse[i + 1] = inverse[i] + (alive > 0 ? 1.0 / alive : 0);
        }

        var weights = new float[rows];
        var (sum, known) = (0.0, 0);
        for (var i = 0; i < rows; i++)
        {
            if (labels.Known[i])
            {
                weights[i] = (float)((inverse[last[i] + 1] - inverse[i]) / (last[i] - i + 1));
                sum += weights[i];
                known++;
            }
        }

        for (var i = 0; i < rows && sum > 0; i++)
        {
            weights[i] = (float)(weights[i] * known / sum);
        }

        return weights;
    }

    /// <summary>The last row at or before each label's end.</summary>
    private static int[] Ends(Timestamp[] times, LabelSet labels)
    {
        var ends = new int[times.Length];
        for (var i = 0; i < times.Length; i++)
        {
            var at = Array.BinarySearch(times, i, times.Length - i, labels.EndTimes[i]);
            ends[i] = at >= 0 ? at : Math.Max(i, ~at - 1);
        }

        return ends;
    }
}
