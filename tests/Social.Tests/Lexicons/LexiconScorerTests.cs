using System.Diagnostics;
using BtcAgent.Social.Lexicons;
using BtcAgent.Social.Scoring;
using BtcAgent.Social.Text;

namespace BtcAgent.Social.Tests.Lexicons;

public sealed class LexiconScorerTests
{
    private static readonly LexiconScorer Scorer = new(Lexicon.Embedded);

    [Theory]
    [InlineData("shorts liquidated")]
    [InlineData("bears were liquidated")]
    [InlineData("losses narrow")]
    [InlineData("narrowing losses at the miner")]
    [InlineData("unemployment falls")]
    [InlineData("inflation is slowing")]
    [InlineData("exchange reserves drop again")]
    [InlineData("profit rises")]
    [InlineData("bitcoin breaks out to a new all-time high")]
    [InlineData("not bearish")]
    [InlineData("BTC +5%")]
    [InlineData("pumpinggggg")]
    [InlineData("🚀🚀🚀")]
    [InlineData("#bullish")]
    [InlineData("weak hands sold but this is very bullish")]
    public void Score_GoodNews_IsPositive(string text) => Assert.Equal(ToneClass.Positive, Score(text).Class);

    [Theory]
    [InlineData("longs liquidated")]
    [InlineData("profit falls")]
    [InlineData("revenue and profit fell")]
    [InlineData("unemployment rises")]
    [InlineData("costs rise")]
    [InlineData("losses widen")]
    [InlineData("shorts rejoicing")]
    [InlineData("not bullish at all")]
    [InlineData("exchange hacked, withdrawals halted")]
    [InlineData("BTC -5%")]
    [InlineData("rate hike")]
    [InlineData("📉 💀")]
    [InlineData("nice chart but it will crash")]
    public void Score_BadNews_IsNegative(string text) => Assert.Equal(ToneClass.Negative, Score(text).Class);

    [Theory]
    [InlineData("")]
    [InlineData("the meeting is on Tuesday")]
    [InlineData("a long-term view of the short term")]
    [InlineData("$LONG $SHORT")]
    [InlineData("ビットコイン")]
    [InlineData("\uD800\u202E")]
    public void Score_NoEvidence_IsNeutralWithoutConfidence(string text)
    {
        var score = Score(text);

        Assert.Equal((0.0, 0.0, ToneClass.Neutral), (score.Tone, score.Confidence, score.Class));
        Assert.Empty(score.Terms);
    }

    [Fact]
    public void Score_Rules_AreNamed()
    {
        Assert.Equal([new ScoredTerm("falls", 0.45, "inverse")], Score("unemployment falls").Terms);
        Assert.Equal("negated", Assert.Single(Score("not bullish").Terms).Rule);
        Assert.Equal("stronger", Assert.Single(Score("very bullish").Terms).Rule);
        Assert.Equal("weaker", Assert.Single(Score("slightly bullish").Terms).Rule);
        Assert.Equal("loud", Assert.Single(Score("this is BULLISH today").Terms).Rule);
        Assert.Equal("opponent", Assert.Single(Score("bears were liquidated").Terms).Rule);
    }

    [Fact]
    public void Score_Intensity_OrdersTones()
    {
        double[] tones = [Score("slightly bullish").Tone, Score("bullish").Tone, Score("very bullish").Tone, Score("very bullish breakout").Tone];

        Assert.Equal(tones.Order(), tones);
        Assert.Equal(4, tones.Distinct().Count());
    }

    [Fact]
    public void Score_NegatorInAnotherClause_TurnsNothing() => Assert.Equal(ToneClass.Positive, Score("I can not. bullish").Class);

    [Fact]
    public void Score_OpposedTerms_HaveLessConfidence() => Assert.True(Score("bullish and bearish").Confidence < Score("bullish").Confidence / 2);

    [Fact]
    public void Score_DisguisedLetters_ReadsTheWord() => Assert.Equal(Score("bullish").Tone, Score("b\u200Bullіsh").Tone);

    /// <summary>Random terms of the lexicon in random order.</summary>
    [Fact]
    public void Score_AnyTerms_StaysInItsRanges()
    {
        string[] words = ["bullish", "crash", "not", "very", "but", "shorts", "unemployment", "falls", "profit", ".", ",", "🚀", "-5%", "+3%", "SELL", "moooon", "the", "no longer", "slightly"];
        for (var seed = 1; seed <= 500; seed++)
        {
            var random = new Random(seed);
            var text = string.Join(' ', Enumerable.Range(0, random.Next(300)).Select(_ => words[random.Next(words.Length)]));
            var score = Score(text);

            Assert.True(score.Tone is >= -1 and <= 1 && score.Confidence is >= 0 and < 1 && score.Class == ToneScore.ClassOf(score.Tone), $"seed {seed}");
            Assert.True(score.Terms.Count <= LexiconScorer.TermsMax && score.Terms.All(term => Math.Abs(term.Value) < 2.5), $"seed {seed}");
        }
    }

    /// <summary>Only the beginning is read: the fastest of several passes over 128 times the text takes about the same, on a busy machine too.</summary>
    [Fact]
    public void Score_Megabyte_TakesTheTimeOfItsBeginning()
    {
        const double RatioMax = 16;
        var megabyte = string.Concat(Enumerable.Repeat("not very bullish but ", 50_000));
        var beginning = megabyte[..PostReader.CharactersMax];
        var (whole, part) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var pass = 0; pass < 15; pass++)
        {
            (whole, part) = (Faster(whole, megabyte), Faster(part, beginning));
        }

        Assert.Equal(Score(beginning).Terms, Score(megabyte).Terms);
        Assert.True(whole < part * RatioMax, $"a megabyte takes {whole}, its beginning {part}");
    }

    private static TimeSpan Faster(TimeSpan best, string text)
    {
        var started = Stopwatch.GetTimestamp();
        Score(text);
        var taken = Stopwatch.GetElapsedTime(started);
        return taken < best ? taken : best;
    }

    private static ToneScore Score(string text) => Scorer.Score(PostReader.Read(text));
}
