namespace BtcAgent.Storage.Embedded;

/// <summary>A pending write.</summary>
internal sealed class StateWrite(StateKey key, string? payload, long? expectedETag)
{
    /// <summary>Bytes of a write in addition to its payload.</summary>
    private const int OverheadBytes = 16_384;

    private readonly TaskCompletionSource<long?> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StateKey Key { get; } = key;

    /// <summary>JSON; null clears the row.</summary>
    public string? Payload { get; } = payload;

    /// <summary>Null: the row must not exist yet.</summary>
    public long? ExpectedETag { get; } = expectedETag;

    /// <summary>True for a write without data, which only checks whether writing is possible.</summary>
    public bool IsProbe { get; private init; }

    /// <summary>Approximate size on disk.</summary>
    public int Bytes => OverheadBytes + (Payload?.Length ?? 0);

    /// <summary>The new ETag; null when another write came first.</summary>
    public Task<long?> Done => completion.Task;

    /// <summary>Result inside a transaction that is not committed yet.</summary>
    public long? Outcome { get; set; }

    public static StateWrite Probe() => new(default, null, null) { IsProbe = true };

    public void Confirm() => completion.TrySetResult(Outcome);

    public void Fail(Exception error) => completion.TrySetException(error);
}
