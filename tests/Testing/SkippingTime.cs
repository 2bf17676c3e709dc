namespace BtcAgent.Testing;

/// <summary>
/// The machine's clock with a monotonic part that a test can advance, so that measurements leave their window at once.
/// </summary>
public sealed class SkippingTime : TimeProvider
{
    private long _skipped;
    private long _stoppedAt;

    public override long GetTimestamp() =>
        (Interlocked.Read(ref _stoppedAt) is > 0 and var stoppedAt ? stoppedAt : base.GetTimestamp()) + Interlocked.Read(ref _skipped);

    /// <summary>From here on only <see cref="Skip"/> moves the monotonic part, however slow the machine is.</summary>
    public void Stop() => Interlocked.Exchange(ref _stoppedAt, base.GetTimestamp());

    public void Skip(TimeSpan span) => Interlocked.Add(ref _skipped, (long)(span.TotalSeconds * TimestampFrequency));
}
