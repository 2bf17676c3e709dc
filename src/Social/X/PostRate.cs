namespace BtcAgent.Social.X;

/// <summary>Posts per second of the stream: those of the last whole minute or of the current one, whichever is more.</summary>
/// <param name="expected">The rate before the first whole minute, at least.</param>
/// <param name="time">Our clock.</param>
internal sealed class PostRate(double expected, TimeProvider time)
{
    private static readonly TimeSpan Bucket = TimeSpan.FromMinutes(1);

    /// <summary>Below this a bucket says nothing.</summary>
    private static readonly TimeSpan ElapsedMin = TimeSpan.FromSeconds(10);

    private long _bucket = time.GetTimestamp();
    private int _count;
    private double? _previous;

    public double PerSecond
    {
        get
        {
            Roll();
            var elapsed = time.GetElapsedTime(_bucket);
            return Math.Max(_previous ?? expected, _count / (elapsed > ElapsedMin ? elapsed : ElapsedMin).TotalSeconds);
        }
    }

    public void Add()
    {
        Roll();
        _count++;
    }

    private void Roll()
    {
        var elapsed = time.GetElapsedTime(_bucket);
        if (elapsed >= Bucket)
        {
            (_previous, _count, _bucket) = (_count / elapsed.TotalSeconds, 0, time.GetTimestamp());
        }
    }
}
