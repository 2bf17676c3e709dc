using System.Globalization;

namespace BtcAgent.Testing;

/// <summary>Lines of a file with tallies of random posts, one a second.</summary>
public static class TallyLines
{
    /// <param name="seed">Seed of the posts.</param>
    /// <param name="fromNs">When the first tally is known, ns since 1970 UTC.</param>
    /// <param name="seconds">Number of tallies.</param>
    public static string[] Make(int seed, long fromNs, int seconds)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, seconds).Select(second => Line(random, fromNs + (second * 1_000_000_000L)))];
    }

    private static string Line(Random random, long knownAt)
    {
        var posts = random.Next(5);
        long content = 0, tone = 0, squared = 0, extreme = 0, influence = 0, influenceTone = 0;
        for (var i = 0; i < posts; i++)
        {
            var (weight, t) = (random.NextDouble(), (2 * random.NextDouble()) - 1);
            var author = weight * random.NextDouble();
            content += Units(weight);
            tone += Units(weight * t);
            squared += Units(weight * t * t);
            extreme += Math.Abs(t) >= 0.6 ? Units(weight) : 0;
            influence += Units(author);
            influenceTone += Units(author * t);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"number\":{knownAt / 1_000_000},\"knownAtNs\":{knownAt},\"posts\":{posts},\"content\":{content},\"contentTone\":{tone},\"contentToneSquared\":{squared},\"extremeContent\":{extreme},\"influence\":{influence},\"influenceTone\":{influenceTone}}}");
    }

    private static long Units(double value) => (long)Math.Round(value * 1e8);
}
