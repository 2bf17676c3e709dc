using BtcAgent.Social.Copies;
using BtcAgent.Social.Weights;

namespace BtcAgent.Social.Tests.Copies;

public sealed class CopyWindowTests
{
    [Fact]
    public void Add_EachFurtherCopy_CountsLess()
    {
        var window = new CopyWindow();

        Assert.Equal([1.0, 1.0 / 2, 1.0 / 3, 1.0 / 4], Enumerable.Range(0, 4).Select(i => window.Add([42], i).Value));
    }

    [Fact]
    public void Add_TextWithoutWords_IsNotCompared()
    {
        var window = new CopyWindow();

        Assert.Equal([1.0, 1.0], Enumerable.Range(0, 2).Select(i => window.Add([], i).Value));
    }

    [Fact]
    public void Add_CopyOutsideTheTime_CountsAsNew()
    {
        var window = new CopyWindow(100, ageMsMax: 1_000);
        window.Add([42], 0);

        Assert.Equal(0.5, window.Add([42], 1_000).Value);
        Assert.Equal(1, window.Add([42], 2_001).Value);
    }

    [Fact]
    public void Add_CopyOutsideTheCount_CountsAsNew()
    {
        var window = new CopyWindow(3);
        foreach (var key in (uint[])[42, 43, 44])
        {
            Assert.Equal(1, window.Add([key], 0).Value);
        }

        Assert.Equal(0.5, window.Add([42], 0).Value);
        foreach (var key in (uint[])[45, 46, 47])
        {
            Assert.Equal(1, window.Add([key], 0).Value);
        }

        Assert.Equal(1, window.Add([42], 0).Value);
    }

    /// <summary>Against a window that compares with every post: the index loses nothing that has a key in common.</summary>
    [Fact]
    public void Add_RandomPosts_FindsTheSameAsComparingWithAll()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            var (window, kept) = (new CopyWindow(50, ageMsMax: 40), new List<(uint[] Sketch, long Ms, int Copies)>());
            for (var ms = 0; ms < 400; ms++)
            {
                // Few keys, so that posts collide in groups, keys and sketches; up to eight, so that each is a key.
                uint[] sketch = [.. Enumerable.Range(0, 1 + random.Next(8)).Select(_ => (uint)random.Next(1, 24) * 32).Distinct().Order()];
                var origin = kept.TakeLast(50).LastOrDefault(post => ms - post.Ms <= 40 && 3 * post.Sketch.Intersect(sketch).Count() >= post.Sketch.Length + sketch.Length);
                var copies = origin.Sketch is null ? 0 : origin.Copies + 1;
                kept.Add((sketch, ms, copies));

                Assert.True(window.Add(sketch, ms).Value == 1.0 / (1 + copies), $"seed {seed}, post {ms}");
            }
        }
    }

    /// <summary>Posts with eight keys in common, made by someone who knows the hashes: each search reads a bounded number.</summary>
    [Fact]
    public void Add_PostsMadeToCollide_ReadsABoundedNumber()
    {
        const int Posts = 5_000;
        var window = new CopyWindow(Posts);
        for (var i = 0; i < Posts; i++)
        {
            var own = (uint)(1_000 + (i * 40));
            WeightFactor weight = window.Add([1, 2, 3, 4, 5, 6, 7, 8, .. Enumerable.Range(0, 20).Select(k => own + (uint)k)], i);

            Assert.Equal(1, weight.Value);
        }

        Assert.InRange(window.Probes, (long)Posts * CopyWindow.ProbesMax, (long)Posts * CopyWindow.ProbesMax * CopyWindow.KeysMax);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1_000_001, 1)]
    [InlineData(1, -1)]
    public void New_ImpossibleBounds_Throws(int capacity, long ageMs) => Assert.Throws<ArgumentOutOfRangeException>(() => new CopyWindow(capacity, ageMs));
}
