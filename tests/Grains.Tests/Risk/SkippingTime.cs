namespace BtcAgent.Grains.Tests.Risk;

/// <summary>
/// The machine's clock with a monotonic part that a test can advance, so that measurements leave their window at once.
/// </summary>
internal sealed class SkippingTime : TimeProvider
{
    private long _skipped;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _skipped);

    public void Skip(TimeSpan span) => Interlocked.Add(ref _skipped, (long)(span.TotalSeconds * TimestampFrequency));
}
