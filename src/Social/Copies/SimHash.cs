using System.Numerics;
using BtcAgent.Social.Text;

namespace BtcAgent.Social.Copies;

/// <summary>
/// A 64-bit fingerprint of a text (Charikar 2002) over shingles of three words. URLs, mentions, cashtags, emoji and marks are left
/// out, and all numbers are equal: campaigns vary those.
/// </summary>
public static class SimHash
{
    /// <summary>Differing bits up to which two texts are near copies (Manku, Jain and Das Sarma 2007).</summary>
    public const int DistanceMax = 3;

    /// <returns>Null for a text without words.</returns>
    public static ulong? Of(PostText text)
    {
        Span<int> votes = stackalloc int[64];
        votes.Clear();
        var (before, last, words) = (0UL, 0UL, 0);
        foreach (var token in text.Tokens)
        {
            if (token.Kind is not (TokenKind.Word or TokenKind.Hashtag or TokenKind.Number or TokenKind.Percent))
            {
                continue;
            }

            var word = Hash(text[token]);
            words++;
            if (words >= 3)
            {
                Vote(votes, Mix((before * 31) + (last * 17) + word));
            }

            (before, last) = (last, word);
        }

        if (words < 3)
        {
            return words == 0 ? null : Mix((before * 17) + last);
        }

        var hash = 0UL;
        for (var bit = 0; bit < 64; bit++)
        {
            hash |= votes[bit] > 0 ? 1UL << bit : 0;
        }

        return hash;
    }

    /// <summary>Differing bits, 0…64.</summary>
    public static int Distance(ulong left, ulong right) => BitOperations.PopCount(left ^ right);

    private static void Vote(Span<int> votes, ulong hash)
    {
        for (var bit = 0; bit < 64; bit++)
        {
            votes[bit] += ((int)(hash >> bit & 1) << 1) - 1;
        }
    }

    private static ulong Hash(ReadOnlySpan<char> word)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in word)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return Mix(hash);
    }

    /// <summary>The finalizer of MurmurHash3 (Appleby): FNV alone leaves the high bits of short words alike.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xff51afd7ed558ccdUL;
        value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return value ^ (value >> 33);
    }
}
