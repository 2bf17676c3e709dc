using System.Threading.Channels;

namespace BtcAgent.Storage.Embedded;

/// <summary>
/// One thread that commits all waiting items of a bounded queue together: while one batch is written to disk the next one
/// collects, so that all waiting items share the cost of a sync.
/// </summary>
internal sealed class GroupCommit<T> : IDisposable
{
    private readonly Channel<T> queue;
    private readonly Action<List<T>> commit;
    private readonly int batchMax;
    private readonly Thread thread;

    /// <param name="name">Name of the thread.</param>
    /// <param name="queueMax">Maximum number of waiting items.</param>
    /// <param name="batchMax">Maximum number of items per commit.</param>
    /// <param name="commit">Commits a batch; must not throw, since it reports the outcome of each item.</param>
    public GroupCommit(string name, int queueMax, int batchMax, Action<List<T>> commit)
    {
        this.commit = commit;
        this.batchMax = batchMax;
        queue = Channel.CreateBounded<T>(new BoundedChannelOptions(queueMax) { SingleReader = true });
        thread = new Thread(Run) { Name = name, IsBackground = true };
        thread.Start();
    }

    /// <summary>Returns false when the queue is full or closed; never waits.</summary>
    public bool TryEnqueue(T item) => queue.Writer.TryWrite(item);

    /// <summary>Waits while the queue is full.</summary>
    /// <exception cref="ChannelClosedException">The store is being closed.</exception>
    public ValueTask EnqueueAsync(T item, CancellationToken cancellationToken) =>
        queue.Writer.WriteAsync(item, cancellationToken);

    /// <summary>Accepts no more items, and returns when all accepted ones are committed.</summary>
    public void Dispose()
    {
        queue.Writer.TryComplete();
        thread.Join();
    }

    private void Run()
    {
        var batch = new List<T>(batchMax);
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < batchMax && queue.Reader.TryRead(out var item))
            {
                batch.Add(item);
            }

            commit(batch);
            batch.Clear();
        }
    }
}
