using System.Numerics;
using BtcAgent.Social.Text;

namespace BtcAgent.Social.Copies;

/// <summary>
/// A text's sketch by min-wise hashing (Broder 1997): the smallest hashes of its shingles of three words, in rising order. The share
/// of shingles that two texts have in common is read from their sketches: exactly up to 129 words, estimated above. URLs, mentions,
/// cashtags, emoji and marks are left out, and all numbers are equal: campaigns vary those.
/// </summary>
public static class ShingleSketch
{
    /// <summary>Hashes of a sketch, at most.</summary>
    public const int HashesMax = 128;

    private const int ShingleWords = 3;

    /// <param name="text">A post.</param>
    /// <param name="sketch">Receives the hashes, each once; <see cref="HashesMax"/> long.</param>
    /// <returns>The number of hashes; 0 for a text without words. A text of one or two words is one shingle.</returns>
    public static int Of(PostText text, Span<uint> sketch)
    {
        Span<uint> shingles = stackalloc uint[PostReader.TokensMax];
        var (before, last, words, count) = (0UL, 0UL, 0, 0);
        foreach (var token in text.Tokens)
        {
            if (token.Kind is not (TokenKind.Word or TokenKind.Hashtag or TokenKind.Number or TokenKind.Percent))
            {
                continue;
            }

            var word = WordHash.Of(text[token]);
            words++;
            if (words >= ShingleWords)
            {
                shingles[count++] = Shingle((before * 31) + (last * 17) + word);
            }

            (before, last) = (last, word);
        }

        if (count == 0 && words > 0)
        {
            shingles[count++] = Shingle((before * 17) + last);
        }

        return Smallest(shingles[..count], sketch);
    }

    /// <summary>A bit for each hash of a sketch, several hashes to a bit.</summary>
    public static ulong BitsOf(ReadOnlySpan<uint> sketch)
    {
        var bits = 0UL;
        foreach (var hash in sketch)
        {
            bits |= 1UL << (int)(hash & 63);
        }

        return bits;
    }

    /// <summary>False when two sketches cannot be copies, from their bits: a cheap test before <see cref="AreCopies"/>.</summary>
    /// <param name="left">Hashes of the first sketch.</param>
    /// <param name="leftBits">Its bits.</param>
    /// <param name="right">Hashes of the second sketch.</param>
    /// <param name="rightBits">Its bits.</param>
    public static bool MayBeCopies(int left, ulong leftBits, int right, ulong rightBits)
    {
        // A bit that only one has belongs to a hash that only this one has. Cut sketches may differ in their ends.
        var sharedMin = SharedMin(left, right);
        return !AreWhole(left, right)
            || (BitOperations.PopCount(leftBits & ~rightBits) <= left - sharedMin && BitOperations.PopCount(rightBits & ~leftBits) <= right - sharedMin);
    }

    /// <summary>True when at least half of all shingles of both texts are in both.</summary>
    public static bool AreCopies(ReadOnlySpan<uint> left, ReadOnlySpan<uint> right)
    {
        var sharedMin = SharedMin(left.Length, right.Length);
        var othersMax = AreWhole(left.Length, right.Length) ? left.Length + right.Length - (2 * sharedMin) : HashesMax - sharedMin;
        var (shared, others) = (0, 0);
        for (int i = 0, j = 0; i < left.Length && j < right.Length && shared < sharedMin;)
        {
            if (left[i] == right[j])
            {
                (shared, i, j) = (shared + 1, i + 1, j + 1);
                continue;
            }

            if (++others > othersMax)
            {
                return false;
            }

            (i, j) = left[i] < right[j] ? (i + 1, j) : (i, j + 1);
        }

        return shared >= sharedMin;
    }

    private static bool AreWhole(int left, int right) => left < HashesMax && right < HashesMax;

    /// <summary>
    /// Hashes that two copies share. Of whole sketches with n hashes together, s shared ones are half of n − s when 3 s = n. Otherwise the
    /// smallest <see cref="HashesMax"/> of both are a sample of all.
    /// </summary>
    private static int SharedMin(int left, int right) => AreWhole(left, right) ? (left + right + 2) / 3 : HashesMax / 2;

    private static int Smallest(Span<uint> shingles, Span<uint> sketch)
    {
        shingles.Sort();
        var count = 0;
        foreach (var shingle in shingles)
        {
            if (count == HashesMax)
            {
                break;
            }

            if (count == 0 || sketch[count - 1] != shingle)
            {
                sketch[count++] = shingle;
            }
        }

        return count;
    }

    private static uint Shingle(ulong words) => (uint)(WordHash.Mix(words) >> 32);
}
