namespace BtcAgent.Silo.Tests.Watches;

/// <summary>The machine's clock with a monotonic part that a test advances: work then takes as long as the script says.</summary>
internal sealed class LeapingTime : TimeProvider
{
    private long _leapt;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _leapt);

    public void Leap(TimeSpan by) => Interlocked.Add(ref _leapt, (long)(by.TotalSeconds * TimestampFrequency));
}
