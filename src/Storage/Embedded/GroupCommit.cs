using System.Threading.Channels;

namespace BtcAgent.Storage.Embedded;

/// <summary>
/// One thread that takes what waits in a bounded queue and hands it on together: while one batch is on its way to
/// the disk the next one gathers, so that the cost of a sync is shared by all who wait for it.
/// </summary>
internal sealed class GroupCommit<T> : IDisposable
{
    private readonly Channel<T> queue;
    private readonly Action<List<T>> commit;
    private readonly int batchMax;
    private readonly Thread thread;

    /// <param name="name">Of the thread.</param>
    /// <param name="queueMax">Items that may wait.</param>
    /// <param name="batchMax">Items handed on at once.</param>
    /// <param name="commit">Must not throw: it owns the fate of each item.</param>
    public GroupCommit(string name, int queueMax, int batchMax, Action<List<T>> commit)
    {
        this.commit = commit;
        this.batchMax = batchMax;
        queue = Channel.CreateBounded<T>(new BoundedChannelOptions(queueMax) { SingleReader = true });
        thread = new Thread(Run) { Name = name, IsBackground = true };
        thread.Start();
    }

    /// <summary>False when the queue is full or closed; never waits.</summary>
    public bool TryEnqueue(T item) => queue.Writer.TryWrite(item);

    /// <summary>Waits while the queue is full.</summary>
    /// <exception cref="ChannelClosedException">The store is being closed.</exception>
    public ValueTask EnqueueAsync(T item, CancellationToken cancellationToken) =>
        queue.Writer.WriteAsync(item, cancellationToken);

    /// <summary>Takes no more, and returns when all that was taken has been handed on.</summary>
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
