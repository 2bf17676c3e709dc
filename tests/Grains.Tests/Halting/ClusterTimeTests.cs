namespace BtcAgent.Grains.Tests.Halting;

public sealed class ClusterTimeTests
{
    /// <summary>The way Orleans waits for an instant that lies a fraction of a millisecond ahead.</summary>
    [Fact]
    public async Task Delay_LessThanAMillisecondInALoop_Ends()
    {
        var time = new ClusterTime(DateTimeOffset.UnixEpoch);
        var due = time.GetUtcNow() + TimeSpan.FromTicks(1);
        while (time.GetUtcNow() < due)
        {
            await Task.Delay(due - time.GetUtcNow(), time, TestContext.Current.CancellationToken);
        }

        Assert.Equal(DateTimeOffset.UnixEpoch + TimeSpan.FromMilliseconds(1), time.GetUtcNow());
    }
}
