namespace BtcAgent.Social.Budgets;

/// <summary>
/// The posts that were charged today: X charges a post that is read again within a UTC day once. Memory is bounded; a post that is not known counts
/// as charged, as after a restart. Not safe for several threads.
/// </summary>
/// <param name="capacity">Posts that are remembered. Default 100,000.</param>
public sealed class BilledPosts(int capacity = 100_000)
{
    private readonly HashSet<long> _ids = [];
    private DateOnly _day;

    /// <returns>True when the post is charged: unless it is known to have been on the same day.</returns>
    public bool IsCharged(long id, DateOnly day)
    {
        if (day != _day)
        {
            _day = day;
            _ids.Clear();
        }

        return _ids.Count < capacity ? _ids.Add(id) : !_ids.Contains(id);
    }
}
