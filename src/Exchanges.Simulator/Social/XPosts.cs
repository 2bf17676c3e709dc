using BtcAgent.Exchanges.Simulator.Posts;

namespace BtcAgent.Exchanges.Simulator.Social;

/// <summary>The posts that the simulated X has, for seven days. Safe for several threads.</summary>
internal sealed class XPosts(Func<DateTimeOffset> now)
{
    private const long SnowflakeEpochMs = 1_288_834_974_657;
    private const int SequenceBits = 22;
    private const int PostsMax = 200_000;
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, XStoredPost> _posts = [];

    /// <summary>The lowest id of an instant.</summary>
    public static long FirstId(DateTimeOffset time) => Math.Max(0, time.ToUnixTimeMilliseconds() - SnowflakeEpochMs) << SequenceBits;

    public XStoredPost Add(SyntheticPost post, IReadOnlyList<long> earlier)
    {
        lock (_lock)
        {
            var id = FirstId(post.CreatedAt) + 1;
            while (_posts.ContainsKey(id))
            {
                id++;
            }

            var stored = new XStoredPost(id, post, [.. earlier, id]);
            _posts[id] = stored;
            var oldest = FirstId(now() - Kept);
            while (_posts.Count > PostsMax || (_posts.Count > 0 && _posts.First().Key < oldest))
            {
                _posts.Remove(_posts.First().Key);
            }

            return stored;
        }
    }

    public XStoredPost? Find(long id)
    {
        lock (_lock)
        {
            return _posts.GetValueOrDefault(id);
        }
    }

    public XStoredPost? Remove(long id)
    {
        lock (_lock)
        {
            return _posts.Remove(id, out var post) ? post : null;
        }
    }

    public void Withhold(long id)
    {
        lock (_lock)
        {
            _posts[id] = _posts[id] with { IsWithheld = true };
        }
    }

    /// <summary>Posts in order of their ids.</summary>
    public List<XStoredPost> All()
    {
        lock (_lock)
        {
            return [.. _posts.Values];
        }
    }
}
