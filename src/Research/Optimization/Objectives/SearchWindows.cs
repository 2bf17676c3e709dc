using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Optimization.Objectives;

/// <summary>
/// The division of the data in time: the search sees only its own window; the untouched window after it judges the winner, once.
/// </summary>
/// <param name="Search">Rows of the search.</param>
/// <param name="Untouched">Rows that judge the winner.</param>
/// <param name="Embargo">Time between the two that neither uses.</param>
public sealed record SearchWindows(RowRange Search, RowRange Untouched, TimeSpan Embargo)
{
    /// <param name="data">All rows.</param>
    /// <param name="untouchedShare">Last part of the time for the untouched window, above 0 and below 0.9.</param>
    /// <param name="embargoShare">Part of the time between the windows, 0…0.5.</param>
    /// <exception cref="ArgumentException">A window has no rows.</exception>
    public static SearchWindows Of(SearchData data, double untouchedShare, double embargoShare)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(untouchedShare, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(untouchedShare, 0.9);
        var rows = data.Rows;
        var embargo = Validation.Embargo.OfShare(rows, embargoShare);
        if (rows.Rows == 0)
        {
            throw new ArgumentException("there are no rows to search on: give more bars");
        }

        var split = rows.Times[0] + ((rows.Times[^1] - rows.Times[0]) * (1 - untouchedShare));
        var (search, untouched) = (FirstFrom(rows.Times, split - embargo), FirstFrom(rows.Times, split));
        return search > 1 && untouched < rows.Rows - 1
            ? new SearchWindows(new RowRange(0, search), new RowRange(untouched, rows.Rows), embargo)
            : throw new ArgumentException($"{rows.Rows} rows are too few for a search window and an untouched window: give more bars");
    }

    private static int FirstFrom(Timestamp[] times, Timestamp time)
    {
        var found = Array.BinarySearch(times, time);
        return found >= 0 ? found : ~found;
    }
}
