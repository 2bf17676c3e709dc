namespace BtcAgent.Grains.Tests.Risk;

/// <summary>The machine's clock, whose monotonic part a test moves on: what is measured over a window becomes old at once.</summary>
internal sealed class SkippingTime : TimeProvider
{
    private long _skipped;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _skipped);

    public void Skip(TimeSpan span) => Interlocked.Add(ref _skipped, (long)(span.TotalSeconds * TimestampFrequency));
}
