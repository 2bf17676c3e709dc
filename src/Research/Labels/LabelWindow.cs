using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Labels;

/// <summary>
/// The steps of a path that each row's label may see, for rows in order: from the first step that starts at or after the
/// row and ends after it, to the last that ends by the horizon. Two moving ends, O(rows + steps) in total.
/// </summary>
internal struct LabelWindow(PricePath path, TimeSpan horizon)
{
    private int _past;

    /// <summary>First step after the row.</summary>
    public int First { get; private set; }

    /// <summary>Last step that ends at or before the horizon; less than <see cref="First"/> if none does.</summary>
    public readonly int Last => _past - 1;

    public Timestamp Deadline { get; private set; }

    /// <summary>True when the path continues to the horizon without a gap.</summary>
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

        // The step that contains the horizon, or the next one, must exist to prove that no data are missing.
        var decisive = _past > 0 && path.Ends[_past - 1] == Deadline ? _past - 1 : _past;
        IsWhole = First < path.Steps && decisive < path.Steps && decisive >= First && path.IsWhole(row, First, decisive);
    }

    /// <summary>Writes an unknown label; purging still removes the whole horizon.</summary>
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
