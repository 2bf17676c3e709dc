using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Labels;

/// <summary>
/// Which steps of a path each row's label may see, for rows asked in order: from the first step that starts at or after
/// the row and ends after it, to the last that ends by the horizon. Two moving ends, O(rows + steps) in all.
/// </summary>
internal struct LabelWindow(PricePath path, TimeSpan horizon)
{
    private int _past;

    /// <summary>First step after the row.</summary>
    public int First { get; private set; }

    /// <summary>Last step that ends at or before the horizon; less than <see cref="First"/> when none does.</summary>
    public readonly int Last => _past - 1;

    public Timestamp Deadline { get; private set; }

    /// <summary>True when the path goes on to the horizon without a gap, so that nothing before it is unseen.</summary>
    public bool IsWhole { get; private set; }

    public void MoveTo(Timestamp row)
    {
        Deadline = row + horizon;
        while (First < path.Steps && (path.Starts[First] < row || path.Ends[First] <= row))
        {
            First++;
        }

        while (_past < path.Steps && path.Ends[_past] <= Deadline)
        {
            _past++;
        }

        // The step in which the horizon falls, or the next one, must be there to tell that no data are missing.
        var decisive = _past > 0 && path.Ends[_past - 1] == Deadline ? _past - 1 : _past;
        IsWhole = First < path.Steps && decisive < path.Steps && decisive >= First && path.IsWhole(row, First, decisive);
    }

    /// <summary>Writes what is not known: purging still removes as much as the horizon.</summary>
    public readonly void WriteUnknown(LabelSet labels, int row)
    {
        labels.Known[row] = false;
        labels.Outcome[row] = 0;
        labels.ReturnBps[row] = float.NaN;
        labels.EndTimes[row] = Deadline;
    }

    public static LabelSet Empty(string definition, TimeSpan horizon, int rows) =>
        new(definition, horizon.Ticks * 100, new bool[rows], new sbyte[rows], new float[rows], new Timestamp[rows]);
}
