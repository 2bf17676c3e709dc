namespace BtcAgent.Social.Text;

/// <summary>Hashes that are the same in every process and version.</summary>
internal static class WordHash
{
    /// <summary>FNV-1a of the characters, mixed.</summary>
    public static ulong Of(ReadOnlySpan<char> word)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in word)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return Mix(hash);
    }

    /// <summary>The finalizer of MurmurHash3 (Appleby): FNV alone leaves the high bits of short words alike.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xff51afd7ed558ccdUL;
        value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return value ^ (value >> 33);
    }
}
