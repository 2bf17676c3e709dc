using System.Collections.Concurrent;
using BtcAgent.Contracts.Social;
using BtcAgent.Social.Sources;

namespace BtcAgent.Silo.Social;

/// <summary>
/// Takes what a source delivers: posts go to the scoring, removals to the board at once, and again after two reports, since a post may have been on its way
/// there. A removal that the board did not take is owed until it does.
/// </summary>
/// <param name="name">Name of the source in this agent.</param>
/// <param name="scoring">Scores.</param>
/// <param name="board">Shows the posts.</param>
/// <param name="figures">Counts.</param>
/// <param name="shown">Ids of posts that the board shows already, the newest last.</param>
internal sealed class PostDesk(string name, PostScoring scoring, ISocialBoardGrain board, SocialFigures figures, IEnumerable<string> shown) : IPostSink
{
    /// <summary>The report of a step that has taken its posts already does not have the post; the next one does.</summary>
    private const int RemovalsMin = 2;

    private readonly ConcurrentQueue<(string Id, PostRemovalReason Reason, int Left)> _owed = new();
    private readonly Queue<string> _shown = new(shown);
    private readonly Lock _lock = new();

    /// <summary>The ids of the last posts, whose texts the board may show.</summary>
    public IReadOnlyList<string> Shown
    {
        get
        {
            lock (_lock)
            {
                return [.. _shown];
            }
        }
    }

    /// <summary>Posts that were only counted.</summary>
    public long Counted { get; private set; }

    /// <summary>Receipt of the last post; unknown before the first.</summary>
    public Timestamp LastPostAt { get; private set; }

    public async ValueTask AcceptAsync(SocialPost post, CancellationToken cancellationToken)
    {
        if (post.EditedFrom is { } earlier)
        {
            await RemoveAsync(earlier, PostRemovalReason.Replaced);
        }

        lock (_lock)
        {
            _shown.Enqueue(post.Id);
            if (_shown.Count > ISocialBoardGrain.PostsMax)
            {
                _shown.Dequeue();
            }
        }

        LastPostAt = post.ReceivedAt;
        figures.Read(name);
        await scoring.AddAsync(post with { Source = name }, cancellationToken);
    }

    public async ValueTask RemoveAsync(PostRemoval removal, CancellationToken cancellationToken) => await RemoveAsync(removal.Id, removal.Reason switch
    {
        RemovalReason.Withheld => PostRemovalReason.Withheld,
        RemovalReason.Replaced => PostRemovalReason.Replaced,
        _ => PostRemovalReason.Deleted,
    });

    public ValueTask CountAsync(PostCount count, CancellationToken cancellationToken)
    {
        Counted += count.Posts;
        return ValueTask.CompletedTask;
    }

    /// <summary>Repeats the removals that are owed. Call it after a report.</summary>
    public async Task RemoveOwedAsync()
    {
        for (var left = _owed.Count; left > 0 && _owed.TryDequeue(out var owed); left--)
        {
            try
            {
                await board.Remove(name, owed.Id, owed.Reason);
                if (owed.Left > 1)
                {
                    _owed.Enqueue(owed with { Left = owed.Left - 1 });
                }
            }
            catch
            {
                _owed.Enqueue(owed);
                throw;
            }
        }
    }

    private async Task RemoveAsync(string id, PostRemovalReason reason)
    {
        _owed.Enqueue((id, reason, RemovalsMin));
        await board.Remove(name, id, reason).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
