using System.Globalization;
using BtcAgent.Social.Sources;
using BtcAgent.Social.X.Api;

namespace BtcAgent.Social.X;

/// <summary>
/// Where stream, searches and lookups meet: each post once, later edits instead of earlier ones, nothing that is withheld. One post at a time.
/// </summary>
internal sealed class PostIntake(IPostSink sink, PostCursor start, TimeSpan lateness, Tally tally, TimeProvider time) : IDisposable
{
    /// <summary>Name of the source in posts.</summary>
    public const string Source = "x";

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly SeenPosts _seen = new(start);
    private readonly Lock _lock = new();
    private int _gaps;
    private int _afterGap;
    private long? _gap = start.Floor == 0 ? null : start.Floor;

    /// <summary>
    /// Posts while a gap is open from which it is given up: the position, which is stored with each second of posts, has all ids after the gap.
    /// </summary>
    public const int AfterGapMax = 5_000;

    /// <summary>How far a post's time may be ahead of ours.</summary>
    private static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(10);

    /// <summary>How far was read.</summary>
    public PostCursor Cursor
    {
        get
        {
            lock (_lock)
            {
                return _seen.Last == 0 ? start : _seen.Cursor(lateness, _gap);
            }
        }
    }

    /// <summary>Snowflake after which posts may be missing, and the number of times that this was found; null when none are.</summary>
    public (long Since, int Number)? Gap
    {
        get
        {
            lock (_lock)
            {
                return _gap is { } since ? (since, _gaps) : null;
            }
        }
    }

    private Timestamp Now => Timestamp.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Takes a post; repeats and withheld posts are counted.</summary>
    public async ValueTask TakeAsync(XPost post, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var earlier = post.History.Where(id => id < post.Id).Distinct().Order().ToList();
            if (post.IsWithheld)
            {
                // Also a post that was accepted before, and all its versions.
                await RemoveAsync([.. earlier, post.Id], RemovalReason.Withheld, cancellationToken);
                tally.Change(counters => counters with { Withheld = counters.Withheld + 1 });
            }
            else if (_seen.Contains(post.Id))
            {
                tally.Change(counters => counters with { Repeated = counters.Repeated + 1 });
                return;
            }
            else
            {
                // The post names one version that it replaces; the one before may be there, if that one never came.
                await RemoveAsync(earlier.SkipLast(1), RemovalReason.Replaced, cancellationToken);
                await sink.AcceptAsync(Social(post, earlier.Count > 0 ? Text(earlier[^1]) : null), cancellationToken);
                tally.Change(counters => counters with
                {
                    Accepted = counters.Accepted + 1,
                    Edits = counters.Edits + (earlier.Count > 0 ? 1 : 0),
                });
            }

            earlier.ForEach(Saw);
            Saw(post.Id);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Posts may be missing from here on, because the stream was interrupted. An earlier gap remains.</summary>
    /// <param name="since">They may be missing since then, because a rule was; null with an interruption.</param>
    public void OpenGap(Timestamp? since = null)
    {
        lock (_lock)
        {
            var begin = since is { } time ? Snowflake.FirstAt(time) : long.MaxValue;
            if (_seen.Last > 0)
            {
                begin = Math.Max(start.Floor, Math.Min(begin, _seen.FloorBefore(lateness)));
            }

            if (begin < long.MaxValue)
            {
                (_gap, _gaps) = (Math.Min(_gap ?? begin, begin), _gaps + 1);
            }
        }
    }

    /// <summary>A search from the gap's begin has ended with everything that it could give, or the gap is given up.</summary>
    /// <param name="number">Of <see cref="Gap"/>; one that was found since then remains open. Null closes any.</param>
    /// <returns>Whether there was one.</returns>
    public bool CloseGap(int? number = null)
    {
        lock (_lock)
        {
            var wasOpen = _gap is not null;
            _gap = number is { } known && known != _gaps ? _gap : null;
            _afterGap = _gap is null ? 0 : _afterGap;
            return wasOpen;
        }
    }

    /// <summary>A post that a lookup no longer finds.</summary>
    public async ValueTask RemoveAsync(long id, RemovalReason reason, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await sink.RemoveAsync(new PostRemoval(Source, Text(id), reason, Now), cancellationToken);
            tally.Change(counters => counters with { Removed = counters.Removed + 1 });
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask CountAsync(Timestamp from, Timestamp until, long posts, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await sink.CountAsync(new PostCount(Source, from, until, posts, Now), cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private async ValueTask RemoveAsync(IEnumerable<long> ids, RemovalReason reason, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            await sink.RemoveAsync(new PostRemoval(Source, Text(id), reason, Now), cancellationToken);
        }
    }

    private SocialPost Social(XPost post, string? editedFrom) => new()
    {
        Source = Source,
        Id = Text(post.Id),
        Text = post.Text,
        Author = post.Author,
        CreatedAt = post.CreatedAt,
        ReceivedAt = Now,
        Language = post.Language,
        EditedFrom = editedFrom,
    };

    private void Saw(long id)
    {
        lock (_lock)
        {
            _seen.Add(id, Snowflake.TimeOf(id) <= Now + AheadMax);
            if (_gap is not null && ++_afterGap > AfterGapMax)
            {
                (_gap, _afterGap) = (null, 0);
                tally.Change(counters => counters with { GapsCut = counters.GapsCut + 1 });
            }
        }
    }
}
