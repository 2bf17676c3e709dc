using System.Buffers.Binary;

namespace BtcAgent.Grains.Features;

/// <summary>
/// Number of applied events, and FNV-1a over their sequence numbers: equal in two runs that applied the same events in the
/// same order.
/// </summary>
internal sealed class ConsumedEvents
{
    public long Count { get; private set; }

    public ulong Checksum { get; private set; } = Fnv1a.Offset;

    public void Continue(long count, ulong checksum) => (Count, Checksum) = (count, checksum);

    public void Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        Checksum = Fnv1a.Hash(bytes, Checksum);
        Count++;
    }
}
