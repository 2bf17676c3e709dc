namespace BtcAgent.Domain;

/// <summary>FNV-1a of 64 bits: the same in every process, unlike <see cref="object.GetHashCode"/>. Not for secrets.</summary>
public static class Fnv1a
{
    public const ulong Offset = 14695981039346656037;

    private const ulong Prime = 1099511628211;

    /// <param name="bytes">Bytes to hash.</param>
    /// <param name="hash">Hash of the bytes before them.</param>
    public static ulong Hash(ReadOnlySpan<byte> bytes, ulong hash = Offset)
    {
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * Prime;
        }

        return hash;
    }
}
