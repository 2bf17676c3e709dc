namespace BtcAgent.Social.X;

/// <summary>Spaces connections so that X's limit within a window is not reached, however the ladders go.</summary>
internal sealed class ConnectMeter(int connectsMax, TimeProvider time)
{
    /// <summary>X's window.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly Queue<long> _times = new();

    /// <summary>The time until another connection is allowed; zero when it is now.</summary>
    public TimeSpan Wait()
    {
        while (_times.TryPeek(out var first) && time.GetElapsedTime(first) >= Window)
        {
            _times.Dequeue();
        }

        return _times.Count < connectsMax ? TimeSpan.Zero : Window - time.GetElapsedTime(_times.Peek());
    }

    public void Connected() => _times.Enqueue(time.GetTimestamp());
}
