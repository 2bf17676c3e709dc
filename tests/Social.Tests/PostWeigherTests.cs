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
        var weight = new PostWeigher(new CopyWindow()).Weigh(PostAt("Bitcoin is at a new high and I like it", 0));

        Assert.Equal((1.0, 1.0, "en"), (weight.Value, weight.Relevance, weight.Language));
        Assert.Equal(
            ["relevance", "language", "copies", "author.followers", "author.age", "author.rate", "author.unique"],
            weight.Factors.Select(factor => factor.Name));
    }

    [Fact]
    public void Weigh_Campaign_LosesWeightWithEachCopyAndSaysWhy()
    {
        var weigher = new PostWeigher(new CopyWindow());
        var weights = Enumerable.Range(0, 50)
            .Select(i => weigher.Weigh(PostAt($"@user{i} the Bitcoin price is going to double this week {i}% https://t.co/{i}", i))).ToList();

        Assert.Equal(0.02, weights[^1].Value, 6);
        Assert.Contains(weights[^1].Factors, factor => factor is { Name: "copies", Reason: "49 near copies before" });
    }

    [Fact]
    public void Weigh_ValueIsTheProductOfItsFactors()
    {
        var weigher = new PostWeigher(new CopyWindow());
        foreach (var text in (string[])["free bitcoin giveaway, dm me", "ビットコイン", "", "\uD800", "bitcoin and eth"])
        {
            var weight = weigher.Weigh(new Post(text, new AuthorFacts(10, 20, 300, 0.4), Timestamp.FromUnixMilliseconds(1)));

            Assert.Equal(weight.Factors.Aggregate(1.0, (product, factor) => product * factor.Value), weight.Value, 12);
            Assert.InRange(weight.Value, 0, 1);
        }
    }

    private static Post PostAt(string text, long ms) => new(text, Known, Timestamp.FromUnixMilliseconds(ms));
}
