using System.CommandLine;
using System.Text;
using System.Text.Json;
using BtcAgent.Cli.Posts;
using BtcAgent.Cli.Tests.Agents;
using BtcAgent.Exchanges.Binance.Tapes;
using BtcAgent.Social.Lexicons;
using BtcAgent.Social.Transformers.Tests.Models;

namespace BtcAgent.Cli.Tests.Posts;

/// <summary>The command <c>social score</c> on files and on standard input.</summary>
public sealed class SocialScoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-cli-posts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Score_Texts_ShowsToneTermsWeightAndScorer()
    {
        var run = Score("Bitcoin breaks out, very bullish\n\nthe meeting is on Tuesday\n").Expect(0);

        Assert.Contains(Lexicon.Embedded.Hash, run.Output, StringComparison.Ordinal);
        Assert.Matches(@"     1  positive  \+0\.\d{3} .*  1\.00  en        Bitcoin breaks out, very bullish", run.Output.ReplaceLineEndings("\n"));
        Assert.Contains("bullish +", run.Output, StringComparison.Ordinal);
        Assert.Contains("(stronger)", run.Output, StringComparison.Ordinal);
        Assert.Contains("     3  neutral ", run.Output, StringComparison.Ordinal);
        Assert.Contains("relevance 0 (does not name bitcoin)", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 posts scored, 0 lines refused", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_JsonPosts_UsesAuthorAndTime()
    {
        var posts = Json(Score(
            """
            {"text": "the Bitcoin price will crash this week", "receivedAt": "2026-11-30T08:00:00Z", "author": {"followers": 1000000, "ageDays": 900, "postsPerDay": 3, "uniqueShare": 1}}
            {"text": "@a the Bitcoin price will crash this week!", "receivedAt": "2026-11-30T08:59:00Z", "author": {"followers": 1000000, "ageDays": 900, "postsPerDay": 3, "uniqueShare": 1}}
            {"text": "the Bitcoin price will crash this week", "receivedAt": "2026-11-30T10:00:00Z", "author": {"followers": 1000000, "ageDays": 900, "postsPerDay": 3, "uniqueShare": 1}}
            {"text": "nothing else", "author": null, "receivedAt": null}
            """,
            "--json").Expect(0));

        Assert.Equal([1, 0.5, 1, 0], posts.Select(post => post.GetProperty("weight").GetDouble()));
        Assert.Equal(["negative", "negative", "negative", "neutral"], posts.Select(post => post.GetProperty("class").GetString()));
        Assert.Equal([1, 2, 3, 4], posts.Select(post => post.GetProperty("line").GetInt32()));
        Assert.All(posts, post => Assert.Equal(("lexicon-1", Lexicon.Embedded.Hash), (post.GetProperty("scorer").GetString(), post.GetProperty("scorerHash").GetString())));
        Assert.Equal("crash", posts[0].GetProperty("terms")[0].GetProperty("term").GetString());
    }

    [Fact]
    public void Score_PostsOfOneAuthor_SharesItsUniqueTexts()
    {
        var posts = Json(Score(string.Concat(Enumerable.Repeat("{\"text\": \"buy bitcoin at my shop\", \"author\": {\"id\": \"x:1\"}}\n", 10)), "--json").Expect(0));

        Assert.Equal(
            ["unknown", "unknown", "unknown", "unknown", "unknown", "0.2", "0.17", "0.14", "0.13", "0.11"],
            posts.Select(post => post.GetProperty("factors").EnumerateArray().Last().GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("{\"text\": \"a\"", "is not JSON at byte 13: correct it")]
    [InlineData("{\"text\": \"a\", \"author\": {\"followers\": NaN}}", "leave out figures that are not finite numbers")]
    [InlineData("{\"text\": \"a\", \"author\": {\"followers\": 1e999}}", "'author.followers' is 1e999, not a number of 0 or more")]
    [InlineData("{\"text\": \"a\", \"author\": {\"ageDays\": -1}}", "'author.ageDays' is -1, not a number of 0 or more")]
    [InlineData("{\"text\": \"a\", \"author\": {\"postsPerDay\": \"NaN\"}}", "'author.postsPerDay' is \"NaN\", not a number")]
    [InlineData("{\"text\": \"a\", \"author\": {\"uniqueShare\": 1.5}}", "'author.uniqueShare' is 1.5, not a number 0…1")]
    [InlineData("{\"text\": \"a\", \"author\": {\"follower\": 1}}", "unknown member 'follower'")]
    [InlineData("{\"text\": \"a\", \"author\": 5}", "'author' is not an object")]
    [InlineData("{\"text\": \"a\", \"lang\": \"en\"}", "unknown member 'lang': a post has text, receivedAt and author")]
    [InlineData("{\"text\": \"a\", \"text\": \"b\"}", "is not JSON")]
    [InlineData("{\"text\": 5}", "'text' is not a text")]
    [InlineData("{\"text\": \"a\", \"author\": {\"id\": 5}}", "'author.id' is not a text: put it in quotation marks")]
    [InlineData("{\"text\": \"\\ud800\"}", "half of a surrogate pair")]
    [InlineData("{\"author\": {}}", "has no 'text'")]
    [InlineData("{\"text\": \"a\", \"receivedAt\": \"yesterday\"}", "'receivedAt' is 'yesterday', not a time of 1970…2261")]
    [InlineData("{\"text\": \"a\", \"receivedAt\": \"9999-01-01\"}", "not a time of 1970…2261")]
    [InlineData("{\"text\": \"a\", \"lang\u001b[2J\": 1}", "is not JSON")]
    [InlineData("{\"text\": \"a\", \"lang\\u001b[2J\": 1}", @"unknown member 'lang\u001b[2J'")]
    public void Score_BadLine_IsRefusedWithItsNumberAndKeepsTheOthers(string line, string expected)
    {
        var run = Score($"bullish bitcoin\n{line}\nbearish bitcoin", "--json").Expect(1);

        Assert.Equal(["positive", "negative"], Json(run).Select(post => post.GetProperty("class").GetString()));
        Assert.Contains($"btcagent: line 2 ", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Contains("2 posts scored, 1 lines refused", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Error);
    }

    [Fact]
    public void Score_LongLineAndOtherEncoding_AreRefusedAndKeepTheOthers()
    {
        byte[] bytes =
        [
            .. "\uFEFFbullish\r\n"u8, .. Encoding.ASCII.GetBytes(new string('x', 1_000_000)), (byte)'\n', .. "caf"u8, 0xE9, (byte)'\n',
            .. Encoding.ASCII.GetBytes(new string('y', PostLines.BytesMax)), (byte)'\n', .. "bearish"u8,
        ];
        var run = Score(bytes, "--json").Expect(1);

        Assert.Equal([1, 4, 5], Json(run).Select(post => post.GetProperty("line").GetInt32()));
        Assert.Equal([false, true, false], Json(run).Select(post => post.GetProperty("isCut").GetBoolean()));
        Assert.Contains("line 2 is longer than 256 KiB", run.Error, StringComparison.Ordinal);
        Assert.Contains("line 3 is not UTF-8 from byte 4 on: save the input as UTF-8", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_ManyBadLines_ShowsTheFirstAndCountsTheRest()
    {
        var run = Score(string.Concat(Enumerable.Repeat("{\n", 1_000))).Expect(1);

        Assert.Contains("line 20 ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("line 21 ", run.Error, StringComparison.Ordinal);
        Assert.Contains("980 further lines were refused", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_HostileText_DoesNotReachTheTerminal()
    {
        var run = Score("bitcoin \u001b[2J\u202e giveaway \u0007 #\u202ebullish\n").Expect(0);

        Assert.DoesNotContain(run.Output, character => character is '\u001b' or '\u202e' or '\u0007');
        Assert.Contains("spam.phrase 0.1 (giveaway)", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere.txt", "there is no file 'nowhere.txt': name one, or - for standard input")]
    [InlineData(".", "'.' is a folder: name a file")]
    public void Score_NoFile_IsWrongUsage(string path, string expected) =>
        Assert.Contains(expected, CommandRun.Of("social", "score", path).Expect(2).Error, StringComparison.Ordinal);

    [Fact]
    public void Score_StandardInput_GivesTheSameAsAFile()
    {
        const string Posts = "bullish bitcoin\n{\"text\": \"bearish bitcoin\"}";
        var command = new RootCommand { new SocialScoreCommand(() => new MemoryStream(Encoding.UTF8.GetBytes(Posts))) };
        using var output = new StringWriter();

        Assert.Equal(0, command.Parse(["score", "-"]).Invoke(new InvocationConfiguration { Output = output, Error = TextWriter.Null }));
        Assert.Equal(Score(Posts).Output, output.ToString());
    }

    [Fact]
    public void Models_ListsTheLexicon()
    {
        var run = CommandRun.Of("social", "models").Expect(0);
        var scorer = CommandRun.Of("social", "models", "--json").Expect(0).Json.GetProperty("scorers")[0];

        Assert.Contains($"lexicon-1  1,270  negative, neutral, positive  {Lexicon.Embedded.Hash}", run.Output, StringComparison.Ordinal);
        Assert.Equal(Lexicon.Embedded.Count, scorer.GetProperty("terms").GetInt32());
        Assert.Equal(3, scorer.GetProperty("classes").GetArrayLength());
    }

    [Fact]
    public void Model_OfAFolder_JudgesAndIsListed()
    {
        using var files = new TinyFolder(isRoberta: false);
        var listed = CommandRun.Of("social", "models", "--model", files.Path, "--json").Expect(0).Json.GetProperty("scorers")[1];
        var posts = Json(Score("bitcoin is rising\n", "--model", files.Path, "--json").Expect(0));

        Assert.Equal(["bearish", "neutral", "bullish"], listed.GetProperty("classes").EnumerateArray().Select(label => label.GetString()));
        Assert.Equal(("tiny-finbert", listed.GetProperty("hash").GetString()), (posts[0].GetProperty("scorer").GetString(), posts[0].GetProperty("scorerHash").GetString()));
        Assert.Equal(1, posts[0].GetProperty("terms").EnumerateArray().Sum(term => term.GetProperty("value").GetDouble()), 3);
        Assert.Contains("tiny-finbert, a model with the classes bearish, neutral, bullish", Score("x\n", "--model", files.Path).Expect(0).Output, StringComparison.Ordinal);
        files.Delete("vocab.txt");
        Assert.Contains("has no vocab.txt", Score("x\n", "--model", files.Path).Expect(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Tally_Posts_GivesTheTalliesThatOtherCommandsRead()
    {
        var (posts, tallies) = (Path.Combine(_folder.FullName, "posts.jsonl"), Path.Combine(_folder.FullName, "tallies.jsonl"));
        File.WriteAllText(posts, """
            {"text": "Bitcoin rallies to new highs", "receivedAt": "2026-11-30T08:00:00.2Z"}
            {"text": "Bitcoin crashes", "receivedAt": "2026-11-30T08:00:00.9Z"}
            {"text": "the Bitcoin meeting is on Tuesday", "receivedAt": "2026-11-30T08:00:25Z"}
            {"text": "very bullish on Bitcoin", "receivedAt": "2026-11-30T09:00:00Z"}
            """);
        Assert.Equal(5, CommandRun.Of("social", "tally", posts, "--out", tallies, "--json").Expect(0).Json.GetProperty("tallies").GetInt64());

        var read = SentimentFile.Read(tallies);
        Assert.Equal([2L, 0, 0, 1, 1], read.Select(tally => tally.Posts));
        Assert.Equal(["08:00:02", "08:00:12", "08:00:22", "08:00:26", "09:00:01"], read.Select(tally => tally.KnownAt.ToDateTimeOffset().ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.True(read[4].ContentTone > 0 && read[3].ContentTone == 0);
        Assert.Equal(File.ReadAllLines(tallies), read.Select(tally => SentimentFile.LineOf(in tally)));

        File.AppendAllText(posts, "\n{\"text\": \"x\", \"receivedAt\": \"2026-11-30T08:00:00Z\"}");
        Assert.Contains("line 5 was received before the line before it", CommandRun.Of("social", "tally", posts, "--out", tallies).Expect(2).Error, StringComparison.Ordinal);
        Assert.Equal(5, SentimentFile.Read(tallies).Length);
        File.WriteAllText(posts, "{\"text\": \"x\"}");
        Assert.Contains("line 1 has no receivedAt", CommandRun.Of("social", "tally", posts, "--out", tallies).Expect(2).Error, StringComparison.Ordinal);
        File.WriteAllText(tallies, "mine");
        Assert.Contains("is not a result of this command", CommandRun.Of("social", "tally", posts, "--out", tallies).Expect(2).Error, StringComparison.Ordinal);
    }

    private static List<JsonElement> Json(CommandRun run) =>
        [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private CommandRun Score(string posts, params string[] options) => Score(Encoding.UTF8.GetBytes(posts), options);

    private CommandRun Score(byte[] posts, params string[] options)
    {
        var path = Path.Combine(_folder.FullName, "posts");
        File.WriteAllBytes(path, posts);
        return CommandRun.Of(["social", "score", path, .. options]);
    }
}
