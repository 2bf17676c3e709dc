namespace BtcAgent.Research.Experiments;

/// <summary>
/// SplitMix64 with the distributions of the simulated profits: the same seed gives the same numbers on every machine. Source:
/// Steele, Lea, Flood 2014.
/// </summary>
internal struct ProfitRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>An independent sequence for each combination.</summary>
    public static ProfitRandom Of(int seed, int scenario, int experiment, int part)
    {
        var random = new ProfitRandom((ulong)(uint)seed);
        foreach (var number in (ReadOnlySpan<int>)[scenario, experiment, part])
        {
            random._state = random.Next() ^ (uint)number;
        }

        return random;
    }

    public ulong Next()
    {
        var z = _state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// <summary>0 up to, but not including 1.</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Student's t with a variance of 1, by Bailey's polar method (1994).</summary>
    /// <param name="degrees">Above 2; from a million on the normal distribution.</param>
    public double Student(double degrees)
    {
        while (true)
        {
            var (u, v) = ((2 * Uniform()) - 1, (2 * Uniform()) - 1);
            var w = (u * u) + (v * v);
            if (w is > 0 and <= 1)
            {
                return degrees >= 1e6
                    ? u * Math.Sqrt(-2 * Math.Log(w) / w)
                    : u * Math.Sqrt(degrees * (Math.Pow(w, -2 / degrees) - 1) / w) * Math.Sqrt((degrees - 2) / degrees);
            }
        }
    }

    public double Normal() => Student(1e6);
}
