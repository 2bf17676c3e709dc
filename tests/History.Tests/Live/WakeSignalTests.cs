using BtcAgent.History.Live;

namespace BtcAgent.History.Tests.Live;

public sealed class WakeSignalTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Wait_SignalledBefore_ReturnsAtOnceAndOnce()
    {
        var signal = new WakeSignal();
        signal.Signal();
        signal.Signal();

        Assert.True(signal.WaitAsync().IsCompleted);
        var second = signal.WaitAsync().AsTask();
        Assert.False(second.IsCompleted);
        signal.Signal();
        await second.WaitAsync(Soon, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Wait_SignalsOfTwoThreads_LosesNoWork()
    {
        const int Each = 50_000;
        var signal = new WakeSignal();
        var produced = 0;
        var seen = 0;
        void Produce()
        {
            for (var i = 0; i < Each; i++)
            {
                Interlocked.Increment(ref produced);
                signal.Signal();
            }
        }

        var waiting = WaitForAllAsync();
        await Task.WhenAll(Task.Run(Produce, TestContext.Current.CancellationToken), Task.Run(Produce, TestContext.Current.CancellationToken));

        await waiting.WaitAsync(Soon, TestContext.Current.CancellationToken);
        Assert.Equal(2 * Each, seen);

        async Task WaitForAllAsync()
        {
            while ((seen = Volatile.Read(ref produced)) < 2 * Each)
            {
                await signal.WaitAsync();
            }
        }
    }
}
