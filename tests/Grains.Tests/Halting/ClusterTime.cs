using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Grains.Tests.Halting;

/// <summary>
/// A fake clock for a whole cluster. Orleans waits for an instant in a loop of delays, and a delay of less than a millisecond
/// completes at once: on a clock that only a test moves, such a loop would never end. So the clock moves by a millisecond after ten
/// thousand reads of the same instant, which nothing else makes.
/// </summary>
internal sealed class ClusterTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private const int ReadsMax = 10_000;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);
    private long _instant;
    private int _reads;

    public override DateTimeOffset GetUtcNow()
    {
        var now = base.GetUtcNow();
        if (Interlocked.Exchange(ref _instant, now.Ticks) != now.Ticks)
        {
            Interlocked.Exchange(ref _reads, 0);
        }
        else if (Interlocked.Increment(ref _reads) == ReadsMax)
        {
            Advance(Step);
            now = base.GetUtcNow();
        }

        return now;
    }
}
