using BtcAgent.Grains.Storage;

namespace BtcAgent.Grains.Tests.Storage;

public sealed class SharedWritesTests
{
    private readonly OneStepAfterTheOther _grain = new();
    private readonly List<int> _stored = [];
    private readonly Queue<TaskCompletionSource> _waits = [];
    private int _state;
    private long _version;

    [Fact]
    public void WriteAsync_CallersWhileAWriteRuns_ShareTheNextOneAndWaitForIt()
    {
        var writes = new SharedWrites(StoreAsync);
        var first = Change(writes);
        var later = Enumerable.Range(0, 20).Select(_ => Change(writes)).ToArray();
        Assert.Single(_waits);

        Answer();
        Assert.True(first.IsCompletedSuccessfully);
        Assert.All(later, waiting => Assert.False(waiting.IsCompleted));

        Answer();
        Assert.All(later, waiting => Assert.True(waiting.IsCompletedSuccessfully));
        Assert.Equal([1, 21], _stored);
        Assert.False(writes.IsRunning);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WriteAsync_AtRandomMoments_NeverReturnsBeforeAWriteThatHoldsTheChange(int seed)
    {
        var random = new Random(seed);
        var writes = new SharedWrites(StoreAsync);
        var pending = new List<(int Change, Task Written)>();
        for (var step = 0; step < 2_000; step++)
        {
            if (random.Next(3) > 0)
            {
                var written = Change(writes);
                pending.Add((_state, written));
            }
            else if (_waits.Count > 0)
            {
                Answer(random.Next(10) == 0 ? new IOException("disk full") : null);
            }

            foreach (var (change, written) in pending)
            {
                Assert.True(
                    !written.IsCompletedSuccessfully || (_stored.Count > 0 && _stored[^1] >= change),
                    $"seed {seed}: change {change} was acknowledged, stored is {_stored.LastOrDefault()}");
            }

            pending.RemoveAll(caller => caller.Written.IsCompleted);
            Assert.True(_waits.Count <= 1, $"seed {seed}: two writes at a time");
            Assert.Equal(_waits.Count > 0, writes.IsRunning);
        }

        pending.Add((++_state, Start(writes)));
        while (_waits.Count > 0)
        {
            Answer();
        }

        Assert.All(pending, caller => Assert.True(caller.Written.IsCompletedSuccessfully));
        Assert.Equal(_state, _stored[^1]);
    }

    [Fact]
    public void WriteAsync_WriteFails_EveryWaiterHearsOfItAndTheNextCallerWritesAll()
    {
        var writes = new SharedWrites(StoreAsync);
        Task[] waiting = [Change(writes), Change(writes), Change(writes)];
        var idle = _grain.Run(writes.WhenIdleAsync);
        Answer(new IOException("disk full"));
        Assert.All(waiting, caller => Assert.Equal("disk full", caller.Exception?.InnerException?.Message));
        Assert.True(idle.IsCompletedSuccessfully);
        Assert.Empty(_stored);
        Assert.False(writes.IsRunning);

        var next = Change(writes);
        Answer();
        Assert.True(next.IsCompletedSuccessfully);
        Assert.Equal([4], _stored);
    }

    [Fact]
    public void WriteAsync_WriteThrowsBeforeItWaits_FailsTheCallerAndTheNextOneWrites()
    {
        var fails = true;
        var writes = new SharedWrites(() => fails ? throw new InvalidOperationException("no state") : StoreAsync());
        Assert.IsType<InvalidOperationException>(Change(writes).Exception?.InnerException);

        fails = false;
        var next = Change(writes);
        Answer();
        Assert.True(next.IsCompletedSuccessfully);
        Assert.Equal([2], _stored);
    }

    [Fact]
    public void WriteAsync_OfAVersionThatIsWritten_WritesNothing()
    {
        var writes = new SharedWrites(StoreAsync, () => _version);
        Assert.True(Start(writes).IsCompletedSuccessfully);
        Assert.Empty(_waits);

        _version = 3;
        var written = Start(writes);
        _version = 5; // While the write of 3 runs.
        Answer();
        Assert.True(written.IsCompletedSuccessfully);
        Assert.Empty(_waits);

        var rest = Start(writes);
        Assert.False(rest.IsCompleted);
        Answer();
        Assert.True(rest.IsCompletedSuccessfully);
        Assert.Equal(2, _stored.Count);
    }

    [Fact]
    public void WriteAsync_OfAVersionWhoseWriteFailed_WritesItAgain()
    {
        var writes = new SharedWrites(StoreAsync, () => _version);
        _version = 1;
        var failed = Start(writes);
        Answer(new IOException("disk full"));
        Assert.True(failed.IsFaulted);

        var again = Start(writes); // Nothing has changed since.
        Answer();
        Assert.True(again.IsCompletedSuccessfully);
        Assert.Single(_stored);
    }

    private Task Change(SharedWrites writes)
    {
        _state++;
        return Start(writes);
    }

    private Task Start(SharedWrites writes) => _grain.Run(writes.WriteAsync);

    private void Answer(Exception? failure = null)
    {
        var wait = _waits.Dequeue();
        if (failure is null)
        {
            wait.SetResult();
        }
        else
        {
            wait.SetException(failure);
        }

        _grain.Settle();
    }

    private async Task StoreAsync()
    {
        var written = _state;
        var wait = new TaskCompletionSource();
        _waits.Enqueue(wait);
        await wait.Task;
        _stored.Add(written);
    }
}
