using BtcAgent.Exchanges.Simulator.Posts;
using BtcAgent.Exchanges.Simulator.Social;

namespace BtcAgent.Exchanges.Simulator.Tests.Social;

public sealed class XQueryTests
{
    [Theory]
    [InlineData("bitcoin", "Bitcoin rises", true)]
    [InlineData("bitcoin", "bitcoins rise", false)]
    [InlineData("$BTC", "buy $btc!", true)]
    [InlineData("#bitcoin OR $BTC", "about #bitcoin", true)]
    [InlineData("bitcoin rises", "bitcoin falls", false)]
    [InlineData("(bitcoin OR ether) lang:en", "ether rises", true)]
    [InlineData("(bitcoin OR ether) lang:de", "ether rises", false)]
    [InlineData("bitcoin -is:retweet -scam", "bitcoin scam", false)]
    [InlineData("\"bit coin\" -(machine OR token)", "bit coin token", false)]
    [InlineData("bitcoin sample:100", "bitcoin", true)]
    public void Parse_Query_Matches(string query, string text, bool expected) => Assert.Equal(expected, XQuery.Parse(query)(Post(1, text)));

    [Fact]
    public void Parse_Sample_TakesItsShare()
    {
        var matches = XQuery.Parse("bitcoin sample:10");
        Assert.InRange(Enumerable.Range(1, 10_000).Count(i => matches(Post((1_987_000_000_000L << 20) + ((long)i << 22), "bitcoin"))), 850, 1_150);
    }

    [Theory]
    [InlineData("")]
    [InlineData("(bitcoin")]
    [InlineData("bitcoin)")]
    [InlineData("OR bitcoin")]
    [InlineData("place:mars")]
    [InlineData("sample:0")]
    [InlineData("sample:99999999999")]
    [InlineData("sample:")]
    public void Parse_NotUnderstood_Throws(string query) => Assert.Throws<FormatException>(() => XQuery.Parse(query));

    [Fact]
    public void Parse_1024Characters_AreTheMost()
    {
        Assert.NotNull(XQuery.Parse(new string('a', 1_024)));
        Assert.Throws<FormatException>(() => XQuery.Parse(new string('a', 1_025)));
    }

    /// <summary>60,000 parentheses once ended the process.</summary>
    [Theory]
    [InlineData(400, "(", "a", ")")]
    [InlineData(400, "-", "a", "")]
    [InlineData(60_000, "(", "", "")]
    public void Parse_NestedTooDeeply_Throws(int times, string before, string inner, string after) => Assert.Throws<FormatException>(() => XQuery.Parse(
        string.Concat(Enumerable.Repeat(before, times)) + inner + string.Concat(Enumerable.Repeat(after, times))));

    private static XStoredPost Post(long id, string text) => new(
        id, new SyntheticPost(DateTimeOffset.UnixEpoch, new SyntheticAuthor("1", "synthetic_1", DateTimeOffset.UnixEpoch, 1, 1), text, "en", PostKind.Opinion, PostTone.Neutral), [id]);
}
