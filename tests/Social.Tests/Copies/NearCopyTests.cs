using BtcAgent.Social.Copies;
using BtcAgent.Social.Text;

namespace BtcAgent.Social.Tests.Copies;

/// <summary>The measured figures of docs/social.md: recall of near copies, and independent posts that are taken for copies.</summary>
public sealed class NearCopyTests(ITestOutputHelper output)
{
    private const int Seeds = 20;
    private const int PostsPerSeed = 200;

    [Fact]
    public void Add_CosmeticCopies_AreAllFound() => Assert.Equal(1, Recall(12, (copies, post) => copies.Cosmetic(post)), 6);

    [Theory]
    [InlineData(10, 1, 0.6)]
    [InlineData(12, 1, 0.99)]
    [InlineData(25, 1, 0.99)]
    [InlineData(50, 1, 0.99)]
    [InlineData(100, 1, 0.99)]
    [InlineData(25, 2, 0.9)]
    [InlineData(25, 3, 0.2)]
    [InlineData(50, 4, 0.9)]
    [InlineData(100, 8, 0.85)]
    public void Add_WordsChanged_IsFoundAsOftenAsDocumented(int words, int changes, double recallMin) =>
        Assert.InRange(Recall(words, (copies, post) => copies.Changed(post, changes), changes), recallMin, 1);

    /// <summary>Replaced words cost most shingles: three are lost and three are new.</summary>
    [Theory]
    [InlineData(25, 1, 0.99)]
    [InlineData(50, 2, 0.99)]
    [InlineData(100, 4, 0.99)]
    public void Add_OneWordInTwentyFiveReplaced_IsFound(int words, int replaced, double recallMin) =>
        Assert.InRange(Recall(words, (copies, post) => copies.Replaced(post, replaced), replaced), recallMin, 1);

    [Theory]
    [InlineData(12)]
    [InlineData(25)]
    [InlineData(100)]
    public void Add_IndependentPosts_AreNotCopies(int words) => Assert.Equal(0, Found(20_000, words, 0));

    /// <summary>Posts that share half of their words, such as a slogan or the name of a report, and nothing else.</summary>
    [Theory]
    [InlineData(20_000, 25, 12)]
    [InlineData(5_000, 12, 6)]
    [InlineData(5_000, 50, 25)]
    [InlineData(5_000, 100, 50)]
    [InlineData(2_000, 200, 100)]
    public void Add_IndependentPostsWithACommonPhrase_AreNotCopies(int posts, int words, int common) => Assert.Equal(0, Found(posts, words, common));

    /// <summary>Sentences of few, frequent words, as people write them.</summary>
    [Fact]
    public void Add_IndependentPostsOfFrequentWords_AreNotCopies()
    {
        string[] words =
        [
            "bitcoin", "the", "to", "is", "a", "and", "price", "will", "of", "in", "this", "market", "for", "on", "it", "up", "down", "i", "buy", "sell",
            "now", "week", "today", "not", "be", "if", "we", "all", "so", "crypto", "chart", "going", "high", "low", "you", "just", "at", "my", "time", "long",
        ];
        var (window, random) = (new CopyWindow(), new Random(3));

        var found = Enumerable.Range(0, 20_000).Count(i => IsCopy(window, string.Join(' ', Enumerable.Range(0, 15).Select(_ => words[random.Next(words.Length)])), i));

        Assert.Equal(0, found);
    }

    /// <summary>A slogan in every post of the window does not hide the copies of one post among them, thousands of posts later.</summary>
    [Fact]
    public void Add_CopiesAmongPostsWithACommonPhrase_AreFound()
    {
        var (window, copies) = (new CopyWindow(), new NearCopies(5));
        var phrase = copies.Post(12);
        var posts = Enumerable.Range(0, 5_000).Select(_ => (string[])[.. copies.Post(6), .. phrase, .. copies.Post(7)]).ToList();
        Assert.All(posts, post => Assert.False(IsCopy(window, string.Join(' ', post), 0)));

        var found = posts.Take(1_000).Count(post => IsCopy(window, copies.Replaced(post, 1), 1));

        output.WriteLine($"{found} of 1000 found");
        Assert.InRange(found, 990, 1_000);
    }

    [Theory]
    [InlineData("gm", "GM!", true)]
    [InlineData("bitcoin moon", "bitcoin moon 🚀", true)]
    [InlineData("bitcoin moon", "bitcoin soon", false)]
    [InlineData("buy bitcoin now", "sell bitcoin now", false)]
    [InlineData("moon bitcoin", "bitcoin moon", false)]
    public void Add_ShortTexts_AreCopiesWhenTheirWordsAreEqual(string first, string second, bool expected)
    {
        var window = new CopyWindow();

        Assert.False(IsCopy(window, first, 0));
        Assert.Equal(expected, IsCopy(window, second, 1));
    }

    /// <summary>Near copies of 4,000 posts that are all in the window.</summary>
    private double Recall(int words, Func<NearCopies, string[], string> change, int changes = 0)
    {
        var window = new CopyWindow();
        var sources = Enumerable.Range(1, Seeds).Select(seed => new NearCopies(seed)).ToList();
        var posts = sources.SelectMany(copies => Enumerable.Range(0, PostsPerSeed).Select(_ => (Copies: copies, Words: copies.Post(words)))).ToList();
        Assert.All(posts, post => Assert.False(IsCopy(window, string.Join(' ', post.Words), 0)));

        var found = posts.Count(post => IsCopy(window, change(post.Copies, post.Words), 1));

        var recall = (double)found / (Seeds * PostsPerSeed);
        output.WriteLine($"{words} words, {changes} changed: recall {recall:F4} of {Seeds * PostsPerSeed}");
        return recall;
    }

    private int Found(int posts, int words, int common)
    {
        var (window, copies) = (new CopyWindow(), new NearCopies(7));
        var (phrase, before) = (copies.Post(common), (words - common) / 2);
        var found = Enumerable.Range(0, posts)
            .Count(i => IsCopy(window, string.Join(' ', [.. copies.Post(before), .. phrase, .. copies.Post(words - common - before)]), i));
        output.WriteLine($"{words} words, {common} in common: {found} of {posts} taken for copies, {window.Probes} entries read");
        return found;
    }

    private static bool IsCopy(CopyWindow window, string text, long ms)
    {
        Span<uint> sketch = stackalloc uint[ShingleSketch.HashesMax];
        return window.Add(sketch[..ShingleSketch.Of(PostReader.Read(text), sketch)], ms).Value < 1;
    }
}
