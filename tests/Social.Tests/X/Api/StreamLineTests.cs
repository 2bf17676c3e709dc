using System.Text;
using BtcAgent.Domain;
using BtcAgent.Social.X.Api;

namespace BtcAgent.Social.Tests.X.Api;

public sealed class StreamLineTests
{
    private static readonly Timestamp Now = Timestamp.FromDateTimeOffset(new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero));

    private const string Whole = """
        {"data":{"id":"1987000000000000001","text":"cut …","note_tweet":{"text":"a long text"},"author_id":"7","created_at":"2026-11-10T11:59:58.250Z","lang":"en",
        "edit_history_tweet_ids":["1986000000000000001","1987000000000000001"],"withheld":{"copyright":false,"country_codes":["DE"],"scope":"tweet"}},
        "includes":{"users":[{"id":"7","created_at":"2026-11-09T12:00:00.000Z","public_metrics":{"followers_count":12,"tweet_count":30}}]},
        "matching_rules":[{"id":"5","tag":"btcagent:bitcoin"}]}
        """;

    [Fact]
    public void Read_WholePost_HasEachField()
    {
        var post = Read(Whole).Post!;
        Assert.Equal((1987000000000000001, "a long text", "en", true), (post.Id, post.Text, post.Language, post.IsWithheld));
        Assert.Equal(Timestamp.FromDateTimeOffset(new(2026, 11, 10, 11, 59, 58, 250, TimeSpan.Zero)), post.CreatedAt);
        Assert.Equal([1986000000000000001, 1987000000000000001], post.History);
        Assert.Equal(["5"], post.Rules);
        Assert.Equal(("x:7", 12.0, 1.0, 30.0), (post.Author.Id, post.Author.Followers, post.Author.AgeDays, post.Author.PostsPerDay));
    }

    [Fact]
    public void Read_OnlyIdAndText_LeavesTheRestUnknown()
    {
        var post = Read("""{"data":{"id":"1987000000000000001","text":"t"}}""").Post!;
        Assert.Equal((null, null, false), (post.Language, post.Author.Id, post.IsWithheld));
        Assert.Null(post.Rules);
        Assert.Equal(Snowflake.TimeOf(post.Id), post.CreatedAt);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("{}")]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":{"id":12,"text":"t"}}""")]
    [InlineData("""{"data":{"id":"-5","text":"t"}}""")]
    [InlineData("""{"data":{"id":"99999999999999999999","text":"t"}}""")]
    [InlineData("""{"data":{"id":"5"}}""")]
    [InlineData("""{"data":{"id":"5","text":null}}""")]
    [InlineData("""{"data":{"id":"5","text":"half of a pair \ud83d"}}""")]
    public void Read_NotAsDocumented_IsMalformed(string line) => Assert.Equal(StreamLineKind.Malformed, Read(line).Kind);

    [Theory]
    [InlineData("""{"data":{"id":"5","text":"t","created_at":"yesterday","lang":5,"edit_history_tweet_ids":"x","author_id":7},"includes":[],"matching_rules":{}}""")]
    [InlineData("""{"data":{"id":"5","text":"t","author_id":"7"},"includes":{"users":[null,5,{"id":"7","public_metrics":[],"created_at":"0001-01-01T00:00:00Z"}]}}""")]
    [InlineData("""{"data":{"id":"5","text":"t"},"errors":[{"title":"Not Found Error","resource_type":"user"}]}""")]
    public void Read_StrangeFieldsBesideIdAndText_IsAPost(string line) => Assert.Equal(5, Read(line).Post?.Id);

    [Theory]
    [InlineData("""{"errors":[{"title":"operational-disconnect","disconnect_type":"UpstreamOperationalDisconnect"}]}""", StreamLine.OperationalDisconnect)]
    [InlineData("""{"errors":[{"title":"ConnectionException","connection_issue":"TooManyConnections"}]}""", StreamLine.TooManyConnections)]
    [InlineData("""{"title":"ConnectionException","connection_issue":"TooManyConnections"}""", StreamLine.TooManyConnections)]
    [InlineData("""{"errors":[{"title":"a secret"}]}""", "other")]
    public void Read_Error_HasItsKindFromAFixedList(string line, string issue)
    {
        var read = Read(line);
        Assert.Equal((StreamLineKind.Error, issue), (read.Kind, read.Issue));
    }

    [Fact]
    public void Read_EachPrefixAndFlippedByte_NeverThrows()
    {
        var bytes = Encoding.UTF8.GetBytes(Whole.ReplaceLineEndings(""));
        for (var i = 0; i < bytes.Length; i++)
        {
            StreamLine.Read(bytes.AsMemory(0, i), Now);
            for (var bit = 0; bit < 8; bit++)
            {
                var flipped = bytes.ToArray();
                flipped[i] ^= (byte)(1 << bit);
                StreamLine.Read(flipped, Now);
            }
        }

        Assert.Equal(StreamLineKind.Post, StreamLine.Read(bytes, Now).Kind);
    }

    private static StreamLine Read(string line) => StreamLine.Read(Encoding.UTF8.GetBytes(line), Now);
}
