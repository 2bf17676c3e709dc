using BtcAgent.Social.X.Api;

namespace BtcAgent.Social.X;

/// <summary>
/// The posts that were read: the last ones by id, all of them up to the floor of the cursor that a run began with. Memory is bounded.
/// Not safe for several threads.
/// </summary>
internal sealed class SeenPosts
{
    /// <summary>Posts remembered. At X's top rate of 250 a second, 800 s, which is longer than a post may be late.</summary>
    public const int Capacity = 200_000;

    private readonly HashSet<long> _ids = [];
    private readonly Queue<long> _order = new();
    private readonly long _floor;
    private long _last;

    public SeenPosts(PostCursor cursor)
    {
        _floor = _last = cursor.Floor;
        foreach (var id in cursor.Seen)
        {
            Add(id);
        }
    }

    /// <summary>The highest id.</summary>
    public long Last => _last;

    public bool Contains(long id) => id <= _floor || _ids.Contains(id);

    /// <param name="id">The post.</param>
    /// <param name="isPlausible">False when its time lies ahead of ours: it must not move the floor, or nothing would be read until then.</param>
    public void Add(long id, bool isPlausible = true)
    {
        if (!_ids.Add(id))
        {
            return;
        }

        _last = isPlausible ? Math.Max(_last, id) : _last;
        _order.Enqueue(id);
        if (_order.Count > Capacity)
        {
            _ids.Remove(_order.Dequeue());
        }
    }

    /// <summary>A floor so much earlier than the last post as one may be late; lower while a gap is open.</summary>
    /// <param name="lateness">How late a post may come.</param>
    /// <param name="gap">Snowflake after which posts may be missing; null without a gap.</param>
    public PostCursor Cursor(TimeSpan lateness, long? gap)
    {
        var floor = gap ?? FloorBefore(lateness);
        return new PostCursor(floor, [.. _ids.Where(id => id > floor).Order()]);
    }

    /// <summary>The last snowflake that is earlier than the last post by the lateness.</summary>
    public long FloorBefore(TimeSpan lateness) => _last == 0 ? 0 : Math.Max(_floor, Snowflake.FirstAt(Snowflake.TimeOf(_last) - lateness));
}
