using BtcAgent.Domain;
using BtcAgent.Social.Authors;
using BtcAgent.Social.Copies;

namespace BtcAgent.Social.Tests;

public sealed class PostWeigherTests
{
    private static readonly AuthorFacts Known = new(1_000_000, 1_000, 5, 1);

    [Fact]
    public void Weigh_OrdinaryPostOfAKnownAuthor_CountsFully()
    {
        var weight = Create().Weigh(PostAt("Bitcoin is at a new high and I like it", 0));

        Assert.Equal((1.0, 1.0, "en"), (weight.Value, weight.Relevance, weight.Language));
        Assert.Equal(
            ["relevance", "language", "copies", "author.followers", "author.age", "author.rate", "author.unique"],
            weight.Factors.Select(factor => factor.Name));
    }

    [Fact]
    public void Weigh_Campaign_LosesWeightWithEachCopyAndSaysWhy()
    {
        var weigher = Create();
        var weights = Enumerable.Range(0, 50)
            .Select(i => weigher.Weigh(PostAt($"@user{i} the Bitcoin price is going to double this week {i}% https://t.co/{i}", i))).ToList();

        Assert.Equal(0.02, weights[^1].Value, 6);
        Assert.Contains(weights[^1].Factors, factor => factor is { Name: "copies", Reason: "49 near copies before" });
    }

    [Fact]
    public void Weigh_ValueIsTheProductOfItsFactors()
    {
        var weigher = Create();
        foreach (var text in (string[])["free bitcoin giveaway, dm me", "ビットコイン", "", "\uD800", "bitcoin and eth"])
        {
            var weight = weigher.Weigh(new Post(text, new AuthorFacts(10, 20, 300, 0.4), Timestamp.FromUnixMilliseconds(1)));

            Assert.Equal(weight.Factors.Aggregate(1.0, (product, factor) => product * factor.Value), weight.Value, 12);
            Assert.InRange(weight.Value, 0, 1);
        }
    }

    /// <summary>The share is that of the earlier posts, from the fifth on; until then the source's figure counts.</summary>
    [Fact]
    public void Weigh_AuthorWhoRepeatsTexts_LosesWeightAlsoForANewOne()
    {
        var weigher = Create();
        for (var i = 0; i < 6; i++)
        {
            var weight = weigher.Weigh(PostOf("x:1", "the Bitcoin price is going to double this week"));

            Assert.Equal(i < UniqueTexts.TextsMin ? 1 : 1.0 / i, Unique(weight), 6);
        }

        Assert.Equal(1.0 / 6, Unique(weigher.Weigh(PostOf("x:1", "I read the news about miners in Texas and a bitcoin fund"))), 6);
        Assert.Equal(1, Unique(weigher.Weigh(PostOf("x:2", "the Bitcoin price is going to double this week"))));
        Assert.Equal(1, Unique(weigher.Weigh(PostAt("the Bitcoin price is going to double this week", 1))));
    }

    [Fact]
    public void Weigh_TextsWithoutWords_SayNothingOfTheirAuthor()
    {
        var weigher = Create();

        Assert.All(Enumerable.Range(0, 20), _ => Assert.Equal(1, Unique(weigher.Weigh(PostOf("x:1", "🚀 $BTC")))));
    }

    private static PostWeigher Create() => new(new CopyWindow(), new UniqueTexts());

    private static double Unique(PostWeight weight) => weight.Factors.Single(factor => factor.Name == "author.unique").Value;

    private static Post PostOf(string author, string text) => new(text, Known with { Id = author }, Timestamp.FromUnixMilliseconds(1));

    private static Post PostAt(string text, long ms) => new(text, Known, Timestamp.FromUnixMilliseconds(ms));
}
