namespace BtcAgent.Testing;

/// <summary>Waits for an effect of another process or task; a failure names the missing effect.</summary>
public static class Eventually
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public static async Task TrueAsync(
        string what, Func<Task<bool>> condition, TimeSpan timeout, Func<string>? seenInstead = null)
    {
        using var limit = new CancellationTokenSource(timeout);
        using var timer = new PeriodicTimer(LookEvery);
        while (!await condition())
        {
            try
            {
                await timer.WaitForNextTickAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"not within {timeout.TotalSeconds:F0} s: {what}{(seenInstead is null ? "" : $"; instead {seenInstead()}")}");
            }
        }
    }
}
