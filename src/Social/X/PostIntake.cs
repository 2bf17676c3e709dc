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
    private long? _gap = start.Floor == 0 ? null : start.Floor;

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

    /// <summary>Snowflake after which posts may be missing; null when none are.</summary>
    public long? Gap
    {
        get
        {
            lock (_lock)
            {
                return _gap;
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
            if (_seen.Contains(post.Id))
            {
                tally.Change(counters => counters with { Repeated = counters.Repeated + 1 });
                return;
            }

            if (post.IsWithheld)
            {
                await sink.RemoveAsync(new PostRemoval(Source, Text(post.Id), RemovalReason.Withheld, Now), cancellationToken);
                tally.Change(counters => counters with { Withheld = counters.Withheld + 1 });
            }
            else
            {
                var earlier = post.History.Where(id => id < post.Id).ToList();
                await sink.AcceptAsync(Social(post, earlier.Count > 0 ? Text(earlier.Max()) : null), cancellationToken);
                earlier.ForEach(Saw);
                tally.Change(counters => counters with
                {
                    Accepted = counters.Accepted + 1,
                    Edits = counters.Edits + (earlier.Count > 0 ? 1 : 0),
                });
            }

            Saw(post.Id);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The stream was interrupted: posts may be missing from here on. An earlier gap remains.</summary>
    public void OpenGap()
    {
        lock (_lock)
        {
            _gap ??= _seen.Last == 0 ? null : _seen.FloorBefore(lateness);
        }
    }

    /// <summary>A search from the gap's begin has ended with everything that it could give, or the gap is given up.</summary>
    /// <returns>Whether there was one.</returns>
    public bool CloseGap()
    {
        lock (_lock)
        {
            var wasOpen = _gap is not null;
            _gap = null;
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
        }
    }
}
