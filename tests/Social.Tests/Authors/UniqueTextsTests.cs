using System.Globalization;
using BtcAgent.Social.Authors;

namespace BtcAgent.Social.Tests.Authors;

public sealed class UniqueTextsTests
{
    [Fact]
    public void ShareOf_FewTexts_IsUnknown()
    {
        var texts = new UniqueTexts();
        for (var i = 0; i < UniqueTexts.TextsMin; i++)
        {
            Assert.Null(texts.ShareOf("x:1"));
            texts.Add("x:1", isUnique: i > 0);
        }

        Assert.Equal(0.8, texts.ShareOf("x:1"));
        Assert.Null(texts.ShareOf("x:2"));
    }

    [Fact]
    public void ShareOf_ManyTexts_IsOfTheLastSixtyFour()
    {
        var texts = new UniqueTexts();
        Add(texts, "x:1", 100, isUnique: false);
        Assert.Equal(0, texts.ShareOf("x:1"));

        Add(texts, "x:1", 16, isUnique: true);
        Assert.Equal(0.25, texts.ShareOf("x:1"));

        Add(texts, "x:1", 64, isUnique: true);
        Assert.Equal(1, texts.ShareOf("x:1"));
    }

    /// <summary>Against a list of each set's authors, by the time of their last text.</summary>
    [Fact]
    public void Add_MoreAuthorsThanPlaces_ReplacesTheOneSilentForLongest()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            var (texts, known) = (new UniqueTexts(UniqueTexts.Ways), new List<(string Author, List<bool> Texts)>());
            for (var i = 0; i < 1_000; i++)
            {
                var (author, isUnique) = (random.Next(12).ToString(CultureInfo.InvariantCulture), random.Next(2) == 0);
                var at = known.FindIndex(each => each.Author == author);
                var entry = at < 0 ? (author, []) : known[at];
                _ = at < 0 ? 0 : known.RemoveAll(each => each.Author == author);
                entry.Item2.Add(isUnique);
                known.Insert(0, entry);
                known = [.. known.Take(UniqueTexts.Ways)];
                texts.Add(author, isUnique);

                Assert.All(Enumerable.Range(0, 12).Select(a => a.ToString(CultureInfo.InvariantCulture)), each =>
                    Assert.True(Expected(known.Find(k => k.Author == each).Texts) == texts.ShareOf(each), $"seed {seed}, text {i}, author {each}"));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(12)]
    public void New_ImpossibleCapacity_Throws(int capacity) => Assert.Throws<ArgumentOutOfRangeException>(() => new UniqueTexts(capacity));

    private static double? Expected(List<bool>? texts) => texts is { Count: >= UniqueTexts.TextsMin }
        ? texts.TakeLast(UniqueTexts.TextsMax).Average(isUnique => isUnique ? 1.0 : 0)
        : null;

    private static void Add(UniqueTexts texts, string author, int count, bool isUnique)
    {
        for (var i = 0; i < count; i++)
        {
            texts.Add(author, isUnique);
        }
    }
}
