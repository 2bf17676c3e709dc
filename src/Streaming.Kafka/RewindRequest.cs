namespace BtcAgent.Streaming.Kafka;

/// <summary>One consumer's wish for old messages of one stream: offsets [<paramref name="from"/>, <paramref name="until"/>).</summary>
internal sealed class RewindRequest(StreamId stream, long from, long until)
{
    /// <summary>Messages brought and not yet taken by the consumer.</summary>
    private const int AheadMax = 256;

    private readonly SemaphoreSlim _room = new(AheadMax);
    private readonly CancellationTokenSource _abandoned = new();

    public StreamId Stream => stream;

    /// <summary>The next offset to bring; used by the reader alone.</summary>
    public long NextOffset { get; set; } = from;

    public long Until => until;

    /// <summary>Life of the topic that the offsets are of.</summary>
    public int Generation { get; set; }

    public required PartitionCursor Cursor { get; init; }

    /// <summary>Set before the end is told, when the broker's oldest offset is younger than what was asked for.</summary>
    public RewindMiss? Miss { get; set; }

    public bool IsAbandoned => _abandoned.IsCancellationRequested;

    /// <summary>Called by the reader; returns when the consumer has room or has gone.</summary>
    public void WaitForRoom(CancellationToken cancellationToken)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _abandoned.Token);
            _room.Wait(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody wants it any more; the reader sees that.
        }
    }

    public void Taken() => _room.Release();

    public void Abandon() => _abandoned.Cancel();
}
