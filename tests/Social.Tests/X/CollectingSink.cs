using System.Collections.Concurrent;
using BtcAgent.Social.Sources;

namespace BtcAgent.Social.Tests.X;

/// <summary>Keeps what a source delivers, in order.</summary>
internal sealed class CollectingSink : IPostSink
{
    public ConcurrentQueue<SocialPost> Posts { get; } = new();

    public ConcurrentQueue<PostRemoval> Removals { get; } = new();

    public ConcurrentQueue<PostCount> Counts { get; } = new();

    public IEnumerable<string> Ids => Posts.Select(post => post.Id);

    /// <summary>Each post waits for it; null takes posts at once.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>Posts that have begun to wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>Thrown at each post; null takes posts.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Posts at which it was thrown.</summary>
    public int Failed { get; private set; }

    public async ValueTask AcceptAsync(SocialPost post, CancellationToken cancellationToken)
    {
        if (Failure is { } failure)
        {
            Failed++;
            throw failure;
        }

        if (Gate is { } gate)
        {
            Waiting++;
            await gate.Task.WaitAsync(cancellationToken);
        }

        Posts.Enqueue(post);
    }

    public ValueTask RemoveAsync(PostRemoval removal, CancellationToken cancellationToken)
    {
        Removals.Enqueue(removal);
        return ValueTask.CompletedTask;
    }

    public ValueTask CountAsync(PostCount count, CancellationToken cancellationToken)
    {
        Counts.Enqueue(count);
        return ValueTask.CompletedTask;
    }
}
