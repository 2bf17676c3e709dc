namespace BtcAgent.Grains.Features;

/// <summary>
/// Number of applied events, and FNV-1a over their sequence numbers: equal in two runs that applied the same events in the
/// same order.
/// </summary>
internal sealed class ConsumedEvents
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    public long Count { get; private set; }

    public ulong Checksum { get; private set; } = FnvOffset;

    public void Continue(long count, ulong checksum) => (Count, Checksum) = (count, checksum);

    public void Add(long number)
    {
        for (var shift = 0; shift < 64; shift += 8)
        {
            Checksum = (Checksum ^ (((ulong)number >> shift) & 0xff)) * FnvPrime;
        }

        Count++;
    }
}
