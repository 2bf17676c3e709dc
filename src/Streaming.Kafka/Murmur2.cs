namespace BtcAgent.Streaming.Kafka;

/// <summary>
/// The partitioning hash of Kafka's Java producer. Producers in any language that use it put a key where this provider
/// expects it. Source: Austin Appleby's MurmurHash2, 32 bits, Kafka's seed.
/// </summary>
public static class Murmur2
{
    private const uint Seed = 0x9747b28c;
    private const uint Mix = 0x5bd1e995;
    private const int MixShift = 24;

    /// <returns>0 … <paramref name="partitions"/> − 1.</returns>
    public static int PartitionOf(ReadOnlySpan<byte> key, int partitions) => (int)((Hash(key) & 0x7fffffff) % (uint)partitions);

    public static uint Hash(ReadOnlySpan<byte> data)
    {
        var hash = Seed ^ (uint)data.Length;
        while (data.Length >= sizeof(uint))
        {
            var word = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(data) * Mix;
            hash = (hash * Mix) ^ ((word ^ (word >> MixShift)) * Mix);
            data = data[sizeof(uint)..];
        }

        for (var i = data.Length - 1; i >= 0; i--)
        {
            hash ^= (uint)data[i] << (8 * i);
        }

        if (data.Length > 0)
        {
            hash *= Mix;
        }

        hash = (hash ^ (hash >> 13)) * Mix;
        return hash ^ (hash >> 15);
    }
}
