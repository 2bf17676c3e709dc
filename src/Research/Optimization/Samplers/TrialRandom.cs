using System.Numerics;

namespace BtcAgent.Research.Optimization.Samplers;

/// <summary>
/// Random numbers of a search: xoshiro256** seeded by SplitMix64, so that a seed gives the same numbers with every version of
/// .NET. Source: Blackman, Vigna, Scrambled Linear Pseudorandom Number Generators, 2021. Not thread-safe.
/// </summary>
public sealed class TrialRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public TrialRandom(ulong seed)
    {
        (_a, _b, _c, _d) = (SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed), SplitMix(ref seed));
    }

    /// <summary>A seed for a numbered part of seeded work: of a trial in a study, of a fold in a trial.</summary>
    public static ulong Derive(ulong seed, ulong number)
    {
        var first = SplitMix(ref seed);
        var state = first ^ (number * 0xD1B54A32D192ED03);
        return SplitMix(ref state);
    }

    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A multiple of 2⁻⁵³ in 0 ≤ x &lt; 1, uniform.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number in 0 ≤ x &lt; <paramref name="count"/>, uniform.</summary>
    /// <param name="count">1 or more.</param>
    public int NextBelow(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        // The high half of the product; its bias is below count / 2^64.
        return (int)Math.BigMul(Next(), (ulong)count, out _);
    }

    /// <summary>Shuffles in place: each order is equally likely (Fisher, Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var chosen = NextBelow(last + 1);
            (items[last], items[chosen]) = (items[chosen], items[last]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
