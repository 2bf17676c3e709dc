using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Validation;

/// <summary>
/// Selects the training rows for a test range. A row's label extends from the row to the row + horizon, even where a
/// barrier ended it sooner: keeping only the early deciders at an edge would bias the training. Source of purging and
/// embargo: López de Prado, Advances in Financial Machine Learning, 2018, ch. 7.4.
/// </summary>
internal sealed class Purging
{
    private readonly Timestamp[] _times;
    private readonly Timestamp[] _reaches;

    public Purging(FeatureDataset rows, LabelSet labels)
    {
        if (labels.Known.Length != rows.Rows)
        {
            throw new ArgumentException($"{labels.Known.Length} labels for {rows.Rows} rows", nameof(labels));
        }

        _times = rows.Times;
        _reaches = new Timestamp[rows.Rows];
        for (var i = 0; i < _reaches.Length; i++)
        {
            // Non-decreasing, so that an edge is found by bisection.
            var reach = new Timestamp(checked(_times[i].UnixNanoseconds + labels.HorizonNs));
            reach = labels.EndTimes[i] > reach ? labels.EndTimes[i] : reach;
            _reaches[i] = i > 0 && _reaches[i - 1] > reach ? _reaches[i - 1] : reach;
        }
    }

    /// <summary>Rows before the test range whose labels end, with the pause, before its first row.</summary>
    public int EndOfTrainBefore(RowRange test, TimeSpan pause) => CountBelow(_reaches, _times[test.From] - pause);

    /// <summary>First row after the test range whose label begins when the range's last label has ended, or later.</summary>
    public int StartOfTrainAfter(RowRange test) => CountBelow(_times, _reaches[test.To - 1]);

    private static int CountBelow(Timestamp[] rising, Timestamp bound)
    {
        var (low, high) = (0, rising.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = rising[middle] < bound ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
