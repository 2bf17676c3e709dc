using BtcAgent.Research.Optimization.Samplers;

namespace BtcAgent.Research.Tests.Optimization.Samplers;

/// <summary>The generator is the published one, and uniform.</summary>
public sealed class TrialRandomTests
{
    /// <summary>
    /// The state is SplitMix64 of seed 0: e220a8397b1dcdaf, 6e789e6aa1b965f4, …; xoshiro256** returns rotl(5·s₁, 7)·9 first.
    /// </summary>
    [Fact]
    public void Next_SeedZero_IsThePublishedSequence() => Assert.Equal(0x99EC5F36CB75F2B4UL, new TrialRandom(0).Next());

    [Fact]
    public void NextUnit_ManyDraws_AreUniform()
    {
        var random = new TrialRandom(5);
        var counts = new int[10];
        for (var i = 0; i < 100_000; i++)
        {
            counts[(int)(random.NextUnit() * 10)]++;
        }

        // χ² with 9 degrees of freedom: 27.9 is exceeded once in a thousand seeds.
        Assert.InRange(counts.Sum(c => (c - 10_000.0) * (c - 10_000.0) / 10_000), 0, 27.9);
    }

    [Fact]
    public void Shuffle_ThreeItems_AllOrdersAreEquallyLikely()
    {
        var random = new TrialRandom(6);
        var orders = Enumerable.Range(0, 60_000).Select(_ =>
        {
            int[] items = [1, 2, 3];
            random.Shuffle(items.AsSpan());
            return string.Concat(items);
        }).GroupBy(order => order).ToList();

        Assert.Equal(6, orders.Count);
        Assert.All(orders, order => Assert.InRange(order.Count(), 9_600, 10_400));
    }

    [Fact]
    public void Derive_SeedsAndNumbers_AreAllDifferent() =>
        Assert.Equal(40_000, Enumerable.Range(0, 200)
            .SelectMany(seed => Enumerable.Range(0, 200).Select(number => TrialRandom.Derive((ulong)seed, (ulong)number)))
            .Distinct().Count());
}
