namespace BtcAgent.Storage.Embedded;

/// <summary>A write on its way to the disk.</summary>
internal sealed class StateWrite(StateKey key, string? payload, long? expectedETag)
{
    /// <summary>What every write takes beside its payload.</summary>
    private const int OverheadBytes = 16_384;

    private readonly TaskCompletionSource<long?> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StateKey Key { get; } = key;

    /// <summary>Null clears.</summary>
    public string? Payload { get; } = payload;

    /// <summary>Null: the row must not exist yet.</summary>
    public long? ExpectedETag { get; } = expectedETag;

    /// <summary>Writes nothing of anybody's: it only shows whether writing is possible.</summary>
    public bool IsProbe { get; private init; }

    /// <summary>About what it takes on the disk.</summary>
    public int Bytes => OverheadBytes + (Payload?.Length ?? 0);

    /// <summary>The new tag; null when another write came first.</summary>
    public Task<long?> Done => completion.Task;

    /// <summary>Outcome inside a transaction that has still to be committed.</summary>
    public long? Outcome { get; set; }

    public static StateWrite Probe() => new(default, null, null) { IsProbe = true };

    public void Confirm() => completion.TrySetResult(Outcome);

    public void Fail(Exception error) => completion.TrySetException(error);
}
