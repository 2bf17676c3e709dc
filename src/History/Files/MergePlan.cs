namespace BtcAgent.History.Files;

/// <summary>Chooses the small files of a day that become one.</summary>
internal static class MergePlan
{
    /// <summary>A day that ended has this long to receive late facts before its files become one.</summary>
    public static readonly TimeSpan DayQuiet = TimeSpan.FromHours(1);

    /// <summary>The next files to merge, ascending by offset; empty when there is nothing to do.</summary>
    /// <param name="files">All files of the data set.</param>
    /// <param name="filesMax">Number of unmerged files of one day that are merged before the day has ended.</param>
    /// <param name="now">Our clock.</param>
    public static IReadOnlyList<DataFile> Next(IEnumerable<DataFile> files, int filesMax, DateTimeOffset now)
    {
        var days = files.GroupBy(file => (file.Instrument, file.Date, file.Log, file.Partition))
            .OrderBy(day => day.Key.Date).ThenBy(day => day.Key.Instrument, StringComparer.Ordinal);
        foreach (var day in days)
        {
            // Late facts of a day that is already one file wait until they are many.
            var isOver = DateOnly.FromDateTime((now - DayQuiet).UtcDateTime) > day.Key.Date;
            var isQuiet = day.Max(file => file.StoredAt) <= now - DayQuiet;
            var fresh = day.Where(file => file.Level == 0).ToList();
            if (isOver && isQuiet && day.Skip(1).Any())
            {
                return [.. day.OrderBy(file => file.FirstOffset)];
            }

            if (fresh.Count >= filesMax)
            {
                return [.. fresh.OrderBy(file => file.FirstOffset)];
            }
        }

        return [];
    }
}
