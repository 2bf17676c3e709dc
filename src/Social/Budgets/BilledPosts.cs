namespace BtcAgent.Social.Budgets;

/// <summary>
/// The posts that were charged today: X charges a post that is read again within a UTC day once. Memory is bounded; a post that is not known counts
/// as charged, as after a restart, and so does every post near midnight, where X's day may be another one. Safe for several threads.
/// </summary>
/// <param name="clockTolerance">Difference allowed between our clock and X's.</param>
/// <param name="capacity">Posts that are remembered. Default 100,000.</param>
public sealed class BilledPosts(TimeSpan clockTolerance, int capacity = 100_000)
{
    private readonly Lock _lock = new();
    private readonly HashSet<long> _ids = [];
    private DateOnly _day;

    /// <returns>True when the post is charged: unless it is known to have been on the same day.</returns>
    public bool IsCharged(long id, Timestamp now)
    {
        var day = BudgetGovernor.DayOf(now - clockTolerance);
        lock (_lock)
        {
            if (day != _day)
            {
                _day = day;
                _ids.Clear();
            }

            return day != BudgetGovernor.DayOf(now + clockTolerance)
                || (_ids.Count < capacity ? _ids.Add(id) : !_ids.Contains(id));
        }
    }
}
