using BtcAgent.Domain;
using BtcAgent.Domain.Sentiment;
using BtcAgent.Social.Authors;
using BtcAgent.Social.Lexicons;

namespace BtcAgent.Social.Tests;

public sealed class TallySumsTests
{
    private static readonly Timestamp Now = Timestamp.FromUnixMilliseconds(1_795_910_400_000);
    private static readonly ScorerIdentity Before = new("before", "00");

    [Fact]
    public void Take_TwoPosts_SumsWeightsAndTones()
    {
        var scores = Score("bitcoin is breaking out, huge rally, very bullish", "bitcoin crashes, panic selling, big losses");
        var sums = new TallySums(Before);
        scores.ForEach(sums.Add);

        var tally = sums.Take(after: 7, Now);

        Assert.Equal((2, Now.UnixMilliseconds, Now), (tally.Posts, tally.Number, tally.KnownAt));
        Assert.Equal(Units(scores.Sum(score => TallySums.ContentOf(score.Weight))), tally.Content, 2.0);
        Assert.Equal(Units(scores.Sum(score => TallySums.ContentOf(score.Weight) * score.Tone.Tone)), tally.ContentTone, 2.0);
        Assert.Equal(Units(scores.Sum(score => TallySums.ContentOf(score.Weight) * score.Tone.Tone * score.Tone.Tone)), tally.ContentToneSquared, 2.0);
        Assert.Equal(Units(scores.Sum(score => score.Weight.Value)), tally.Influence, 2.0);
        Assert.Equal(Units(scores.Sum(score => score.Weight.Value * score.Tone.Tone)), tally.InfluenceTone, 2.0);
        Assert.Equal(Units(scores.Where(score => Math.Abs(score.Tone.Tone) >= 0.6).Sum(score => TallySums.ContentOf(score.Weight))), tally.ExtremeContent, 2.0);
        Assert.True(tally.Influence > 0 && tally.Influence < tally.Content);
    }

    [Fact]
    public void Take_SameInstantOrClockSetBack_StillRises()
    {
        var sums = new TallySums(Before);

        Assert.Equal(Now.UnixMilliseconds + 1, sums.Take(Now.UnixMilliseconds, Now).Number);
        Assert.Equal(Now.UnixMilliseconds + 5_001, sums.Take(Now.UnixMilliseconds + 5_000, Now).Number);
    }

    [Fact]
    public void Take_Again_BeginsWithNothing()
    {
        var sums = new TallySums(Before);
        Score("bitcoin rises").ForEach(sums.Add);
        sums.Take(0, Now);

        Assert.Equal((0, 0, 0), sums.Take(0, Now) is var tally ? (tally.Posts, tally.Content, tally.InfluenceTone) : default);
    }

    [Fact]
    public void Take_Scorers_NamesThoseOfThePostsOrTheLastOnes()
    {
        var sums = new TallySums(Before);
        var score = Score("bitcoin rises")[0];

        Assert.Equal(Before, sums.Take(0, Now).Scorer);
        sums.Add(score with { Scorer = "lexicon-1", ScorerHash = "aa" });
        sums.Add(score with { Scorer = "finbert", ScorerHash = "bb" });
        Assert.Equal(new ScorerIdentity("finbert+lexicon-1", "bb+aa"), sums.Take(0, Now).Scorer);
        Assert.Equal(new ScorerIdentity("finbert+lexicon-1", "bb+aa"), sums.Take(0, Now).Scorer);
        sums.Add(score with { Scorer = "lexicon-1", ScorerHash = "aa" });
        Assert.Equal(new ScorerIdentity("lexicon-1", "aa"), sums.Take(0, Now).Scorer);
    }

    private static double Units(double value) => value * 1e8;

    private static List<PostScore> Score(params string[] texts)
    {
        var scorer = PostScorer.Create(new LexiconScorer(Lexicon.Embedded));
        return [.. texts.Select(text => scorer.Score(new Post(text, new AuthorFacts(500, 100, 3, null), Now)))];
    }
}
