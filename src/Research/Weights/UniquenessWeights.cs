using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Weights;

/// <summary>
/// Average uniqueness of each label: the mean of 1 / (number of labels open at a row) over the rows in the label's time.
/// Overlapping labels share their information, and therefore their weight. Source: López de Prado, Advances in Financial
/// Machine Learning, 2018, ch. 4.3–4.4.
/// </summary>
public static class UniquenessWeights
{
    /// <summary>
    /// Returns a weight of 0…1 per row: 0 for an unknown label, 1 for one that no other overlaps. A label is open at the
    /// rows in (row, end]; one that ends before the next row is alone. O(n log n).
    /// </summary>
    public static double[] Of(FeatureDataset rows, LabelSet labels)
    {
        var n = rows.Rows;
        var lasts = new int[n];
        var open = new int[n + 2];
        for (var i = 0; i < n; i++)
        {
            lasts[i] = LastAtOrBefore(rows.Times, labels.EndTimes[i]);
            if (labels.Known[i] && lasts[i] > i)
            {
                open[i + 1]++;
                open[lasts[i] + 1]--;
            }
        }

        var shares = new double[n + 1];
        var count = 0;
        for (var i = 0; i < n; i++)
        {
            count += open[i];
            shares[i + 1] = shares[i] + (count > 0 ? 1.0 / count : 0);
        }

        var weights = new double[n];
        for (var i = 0; i < n; i++)
        {
            weights[i] = !labels.Known[i] ? 0
                : lasts[i] <= i ? 1
                : Math.Min(1, (shares[lasts[i] + 1] - shares[i + 1]) / (lasts[i] - i));
        }

        return weights;
    }

    private static int LastAtOrBefore(Timestamp[] times, Timestamp end)
    {
        var found = Array.BinarySearch(times, end);
        return found >= 0 ? found : ~found - 1;
    }
}
