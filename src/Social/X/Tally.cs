namespace BtcAgent.Social.X;

/// <summary>The counters, changed by one thread at a time.</summary>
internal sealed class Tally
{
    private readonly Lock _lock = new();
    private XCounters _counters = new();

    public XCounters Counters => Volatile.Read(ref _counters);

    public void Change(Func<XCounters, XCounters> change)
    {
        lock (_lock)
        {
            Volatile.Write(ref _counters, change(_counters));
        }
    }
}
