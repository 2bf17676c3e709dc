using BtcAgent.Contracts.Events;

namespace BtcAgent.Client.Streams;

/// <summary>The live events of one caller, who may read them at present.</summary>
internal sealed class EventStream(IEventSubscription subscription, StreamLease lease, TimeProvider time) : IDisposable
{
    private bool _isTooSlow;

    /// <inheritdoc cref="IEventSubscription.Position"/>
    public string? Position => subscription.Position;

    /// <summary>Cancelled when the stream must end; for writes of events.</summary>
    public CancellationToken Token => lease.Token;

    /// <summary>Why it has ended, after <see cref="ReadAsync"/>.</summary>
    public StreamEnd End => lease.End is var why and not StreamEnd.None ? why : _isTooSlow ? StreamEnd.TooSlow : StreamEnd.SourceFailed;

    /// <summary>Reads events in groups to be sent together, until the stream has ended. A group counts as sent when the next one is asked for.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LiveEvent>> ReadAsync()
    {
        await using var groups = subscription.ReadAsync(lease.Token).GetAsyncEnumerator(CancellationToken.None);
        while (await NextAsync(groups))
        {
            _isTooSlow = groups.Current is [.., { Topic: LiveEvent.Overrun }];
            lease.WritingSince = time.GetTimestamp();
            yield return groups.Current;
            lease.WritingSince = 0;
        }
    }

    public void Dispose()
    {
        subscription.Dispose();
        lease.Dispose();
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<IReadOnlyList<LiveEvent>> groups)
    {
        try
        {
            return await groups.MoveNextAsync();
        }
        catch (OperationCanceledException) when (lease.Token.IsCancellationRequested)
        {
            return false;
        }
    }
}
