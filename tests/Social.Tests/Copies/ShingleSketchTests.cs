using BtcAgent.Social.Copies;
using BtcAgent.Social.Text;

namespace BtcAgent.Social.Tests.Copies;

public sealed class ShingleSketchTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("🚀 🚀 https://t.co/x @user $BTC", 0)]
    [InlineData("gm", 1)]
    [InlineData("gm all", 1)]
    [InlineData("gm all bitcoin", 1)]
    [InlineData("one two three four", 2)]
    [InlineData("a b c a b c a b c", 3)]
    [InlineData("price 100 now price 200 now price 300 now", 3)]
    public void Of_Text_HasEachShingleOnce(string text, int expected) => Assert.Equal(expected, Sketch(text).Length);

    [Fact]
    public void Of_AnyText_IsRisingAndBounded()
    {
        for (var seed = 1; seed <= 100; seed++)
        {
            var sketch = Sketch(string.Join(' ', new NearCopies(seed).Post(seed * 5)));

            Assert.True(sketch.Length <= ShingleSketch.HashesMax && sketch.Zip(sketch.Skip(1)).All(pair => pair.First < pair.Second), $"seed {seed}");
        }
    }

    /// <summary>Half of all shingles is the border; smaller sets than a full sketch are compared exactly.</summary>
    [Theory]
    [InlineData(3, 3, 2, true)]
    [InlineData(3, 3, 1, false)]
    [InlineData(10, 20, 10, true)]
    [InlineData(10, 21, 10, false)]
    [InlineData(127, 127, 85, true)]
    [InlineData(127, 127, 84, false)]
    [InlineData(1, 1, 1, true)]
    [InlineData(1, 1, 0, false)]
    public void AreCopies_Sets_HaveHalfInCommon(int left, int right, int shared, bool expected)
    {
        for (var seed = 1; seed <= 50; seed++)
        {
            var random = new Random(seed);
            var hashes = Enumerable.Range(0, left + right).Select(i => ((uint)i * 1_000) + (uint)random.Next(1_000)).ToArray();
            random.Shuffle(hashes);
            uint[] first = [.. hashes[..left].Order()];
            uint[] second = [.. hashes[..shared].Concat(hashes[left..(left + right - shared)]).Order()];

            Assert.True(ShingleSketch.AreCopies(first, second) == expected, $"seed {seed}");
            Assert.True(ShingleSketch.AreCopies(second, first) == expected, $"seed {seed}");
        }
    }

    /// <summary>The cheap test never hides a copy, and leaves few of the others.</summary>
    [Fact]
    public void MayBeCopies_AnyPair_IsTrueForCopies()
    {
        var (others, left) = (0, 0);
        for (var seed = 1; seed <= 3_000; seed++)
        {
            var (copies, random) = (new NearCopies(seed), new Random(seed));
            var words = copies.Post(3 + random.Next(150));
            var (post, changed) = (Sketch(string.Join(' ', words)), Sketch(copies.Changed(words, random.Next(words.Length))));
            var mayBe = ShingleSketch.MayBeCopies(post.Length, ShingleSketch.BitsOf(post), changed.Length, ShingleSketch.BitsOf(changed));
            var are = ShingleSketch.AreCopies(post, changed);

            Assert.True(mayBe || !are, $"seed {seed}");
            others += !are && words.Length < 40 ? 1 : 0;
            left += !are && mayBe && words.Length < 40 ? 1 : 0;
        }

        Assert.InRange(left, 0, others / 2);
    }

    [Fact]
    public void AreCopies_LongTexts_AreJudgedByASample()
    {
        var (copies, same, other) = (new NearCopies(2), 0, 0);
        for (var i = 0; i < 200; i++)
        {
            var post = copies.Post(300);
            same += ShingleSketch.AreCopies(Sketch(string.Join(' ', post)), Sketch(string.Join(' ', [.. post[..240], .. copies.Post(60)]))) ? 1 : 0;
            other += ShingleSketch.AreCopies(Sketch(string.Join(' ', post)), Sketch(string.Join(' ', [.. post[..150], .. copies.Post(150)]))) ? 1 : 0;
        }

        Assert.InRange(same, 190, 200);
        Assert.InRange(other, 0, 5);
    }

    private static uint[] Sketch(string text)
    {
        var sketch = new uint[ShingleSketch.HashesMax];
        return sketch[..ShingleSketch.Of(PostReader.Read(text), sketch)];
    }
}
