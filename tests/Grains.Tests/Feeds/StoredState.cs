namespace BtcAgent.Grains.Tests.Feeds;

/// <summary>Grain state with this object as its store: the next activation reads what an earlier one wrote.</summary>
internal sealed class StoredState<T> : IPersistentState<T>
    where T : class, new()
{
    public T State { get; set; } = new();

    public string Etag => $"{Writes}";

    public bool RecordExists => Writes > 0;

    /// <summary>The disk is full.</summary>
    public bool Fails { get; set; }

    public int Writes { get; private set; }

    public Task ClearStateAsync() => throw new NotSupportedException();

    public Task ReadStateAsync() => Task.CompletedTask;

    public Task WriteStateAsync()
    {
        if (Fails)
        {
            throw new IOException("disk full");
        }

        Writes++;
        return Task.CompletedTask;
    }
}
