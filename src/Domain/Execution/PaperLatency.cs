namespace BtcAgent.Domain.Execution;

/// <summary>
/// Computes the latency of one message to the venue. The jitter is a hash of seed and message rather than a random draw, so
/// that neither the order of calls nor a restart changes it.
/// </summary>
internal static class PaperLatency
{
    public static TimeSpan Of(PaperOptions options, string clientOrderId, bool isCancel)
    {
        var latency = TimeSpan.FromMilliseconds(options.LatencyMs);
        if (options.LatencyJitterMs == 0)
        {
            return latency;
        }

        var hash = options.Seed ^ (isCancel ? 0x9e3779b97f4a7c15UL : 0UL);
        foreach (var c in clientOrderId)
        {
            hash = Mix(hash ^ c);
        }

        var span = (ulong)options.LatencyJitterMs * TimeSpan.TicksPerMillisecond;
        return latency + TimeSpan.FromTicks((long)(hash % (span + 1)));
    }

    // Finalizer of SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
    private static ulong Mix(ulong value)
    {
        value += 0x9e3779b97f4a7c15UL;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9UL;
        value = (value ^ (value >> 27)) * 0x94d049bb133111ebUL;
        return value ^ (value >> 31);
    }
}
