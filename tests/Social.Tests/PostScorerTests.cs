using BtcAgent.Domain;
using BtcAgent.Social.Authors;
using BtcAgent.Social.Lexicons;
using BtcAgent.Social.Scoring;

namespace BtcAgent.Social.Tests;

public sealed class PostScorerTests
{
    private static readonly LexiconScorer Scorer = new(Lexicon.Embedded);

    [Fact]
    public void Score_Post_HasToneWeightAndProvenance()
    {
        var score = Create().Score(PostAt("the Bitcoin price is very bullish", 1));

        Assert.Equal((ToneClass.Positive, "stronger"), (score.Tone.Class, Assert.Single(score.Tone.Terms).Rule));
        Assert.Equal((1.0, "en"), (score.Weight.Value, score.Weight.Language));
        Assert.Equal((Scorer.Id, Scorer.Hash), (score.Scorer, score.ScorerHash));
    }

    /// <summary>A copy loses weight, not tone.</summary>
    [Fact]
    public void Score_SamePostsInTheSameOrder_GivesTheSame()
    {
        var (first, second) = (Create(), Create());
        for (var i = 0; i < 3; i++)
        {
            var (one, other) = (first.Score(PostAt("Bitcoin will crash this week", i)), second.Score(PostAt("Bitcoin will crash this week", i)));

            Assert.Equal((1.0 / (1 + i), ToneClass.Negative), (one.Weight.Value, one.Tone.Class));
            Assert.Equal((one.Weight.Value, one.Tone.Tone), (other.Weight.Value, other.Tone.Tone));
        }
    }

    private static PostScorer Create() => PostScorer.Create(Scorer);

    private static Post PostAt(string text, long ms) => new(text, new AuthorFacts(1_000_000, 1_000, 5, 1), Timestamp.FromUnixMilliseconds(ms));
}
