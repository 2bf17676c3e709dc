using BtcAgent.Social.Copies;
using BtcAgent.Social.Text;

namespace BtcAgent.Social.Tests.Copies;

public sealed class CopyWindowTests(ITestOutputHelper output)
{
    private const int Seeds = 20;
    private const int PostsPerSeed = 200;

    [Fact]
    public void Add_CosmeticCopies_AreAllFound() => Assert.Equal(1, Recall(12, (copies, post) => copies.Cosmetic(post)), 6);

    /// <summary>The measured recall of docs/social.md; a change of the fingerprint that loses some is noticed here.</summary>
    [Theory]
    [InlineData(25, 0.02)]
    [InlineData(50, 0.08)]
    [InlineData(100, 0.25)]
    public void Add_OneWordChanged_IsFoundAsOftenAsDocumented(int words, double recallMin) =>
        Assert.InRange(Recall(words, (copies, post) => copies.OneWord(post)), recallMin, 1);

    [Fact]
    public void Add_IndependentPosts_AreNotCopies()
    {
        var window = new CopyWindow();
        var copies = new NearCopies(7);

        var found = Enumerable.Range(0, 20_000).Count(i => window.Add(Hash(string.Join(' ', copies.Post(12))), i).Value < 1);

        Assert.Equal(0, found);
    }

    [Fact]
    public void Add_EachFurtherCopy_CountsLess()
    {
        var window = new CopyWindow();

        Assert.Equal([1.0, 1.0 / 2, 1.0 / 3, 1.0 / 4], Enumerable.Range(0, 4).Select(i => window.Add(42, i).Value));
    }

    [Fact]
    public void Add_TextWithoutWords_IsNotCompared()
    {
        var window = new CopyWindow();

        Assert.Null(Hash("🚀 🚀 https://t.co/x"));
        Assert.Equal([1.0, 1.0], Enumerable.Range(0, 2).Select(i => window.Add(null, i).Value));
    }

    [Fact]
    public void Add_CopyOutsideTheTime_CountsAsNew()
    {
        var window = new CopyWindow(100, ageMsMax: 1_000);
        window.Add(42, 0);

        Assert.Equal(0.5, window.Add(42, 1_000).Value);
        Assert.Equal(1, window.Add(42, 2_001).Value);
    }

    [Fact]
    public void Add_CopyOutsideTheCount_CountsAsNew()
    {
        var window = new CopyWindow(3);
        foreach (var hash in (ulong[])[42, 1UL << 20 | 0xFFFF, 0xFFFFUL << 30, 0xFFFFUL << 46])
        {
            Assert.Equal(1, window.Add(hash, 0).Value);
        }

        Assert.Equal(1, window.Add(42, 0).Value);
    }

    [Fact]
    public void Add_AllPairsWithinThreeBits_AreFound()
    {
        var window = new CopyWindow(10, ageMsMax: 1);
        for (var seed = 1; seed <= 500; seed++)
        {
            var random = new Random(seed);
            var hash = (ulong)random.NextInt64();
            var other = Enumerable.Range(0, 3).Aggregate(hash, (changed, _) => changed ^ (1UL << random.Next(64)));
            window.Add(hash, seed * 10);

            Assert.True(window.Add(other, seed * 10).Value == 0.5, $"seed {seed}");
        }
    }

    [Fact]
    public void Add_PostsMadeToCollide_SearchesABoundedNumber()
    {
        var window = new CopyWindow(5_000);
        for (var i = 1; i <= 5_000; i++)
        {
            // One band equal, more than three bits apart.
            window.Add((ulong)i * 0x9E3779B97F4A7C15 << 16, i);
        }

        Assert.Equal(1, window.Add(0xFFFF_FFFF_FFFF_0000, 5_001).Value);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    public void New_ImpossibleBounds_Throws(int capacity, long ageMs) => Assert.Throws<ArgumentOutOfRangeException>(() => new CopyWindow(capacity, ageMs));

    private static ulong? Hash(string text) => SimHash.Of(PostReader.Read(text));

    private double Recall(int words, Func<NearCopies, string[], string> change)
    {
        var (found, time) = (0, 0L);
        var window = new CopyWindow(4, ageMsMax: 1);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var copies = new NearCopies(seed);
            for (var i = 0; i < PostsPerSeed; i++)
            {
                var post = copies.Post(words);
                time += 10;
                window.Add(Hash(string.Join(' ', post)), time);
                found += window.Add(Hash(change(copies, post)), time + 1).Value < 1 ? 1 : 0;
            }
        }

        var recall = (double)found / (Seeds * PostsPerSeed);
        output.WriteLine($"{words} words: recall {recall:F3} of {Seeds * PostsPerSeed}");
        return recall;
    }
}
