namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// One consumer's request for old messages of one stream: offsets [<paramref name="from"/>, <paramref name="until"/>).
/// </summary>
internal sealed class RewindRequest(StreamId stream, long from, long until)
{
    /// <summary>Most messages that have been read and that the consumer has not taken.</summary>
    private const int AheadMax = 256;

    private readonly SemaphoreSlim _room = new(AheadMax);
    private readonly CancellationTokenSource _abandoned = new();

    public StreamId Stream => stream;

    /// <summary>The next offset to read; used only by the reader.</summary>
    public long NextOffset { get; set; } = from;

    public long Until => until;

    /// <summary>Generation of the topic that the offsets belong to.</summary>
    public int Generation { get; set; }

    public required PartitionCursor Cursor { get; init; }

    /// <summary>Set before the end of the rewind when the requested offset is older than the broker's oldest.</summary>
    public RewindMiss? Miss { get; set; }

    public bool IsAbandoned => _abandoned.IsCancellationRequested;

    /// <summary>Called by the reader; returns when the consumer has room or is gone.</summary>
    public void WaitForRoom(CancellationToken cancellationToken)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _abandoned.Token);
            _room.Wait(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The request was abandoned; the reader checks that.
        }
    }

    public void Taken() => _room.Release();

    public void Abandon() => _abandoned.Cancel();
}
