using BtcAgent.Domain.Sentiment;
using BtcAgent.Social.Authors;
using BtcAgent.Social.Copies;
using BtcAgent.Social.Scoring;

namespace BtcAgent.Social;

/// <summary>
/// Weighs posts and judges their tone: the one path from a post to its numbers. The same posts in the same order give the same scores.
/// Not safe for several threads.
/// </summary>
/// <param name="weigher">Weighs; it remembers earlier posts.</param>
/// <param name="scorer">Judges the tone.</param>
public sealed class PostScorer(PostWeigher weigher, ITextScorer scorer)
{
    /// <summary>Creates a scorer that has seen no post yet.</summary>
    /// <param name="scorer">Judges the tone.</param>
    public static PostScorer Create(ITextScorer scorer) => new(new PostWeigher(new CopyWindow(), new UniqueTexts()), scorer);

    /// <summary>Who judges the tone.</summary>
    public ScorerIdentity Identity => new(scorer.Id, scorer.Hash);

    /// <summary>Scores a post and remembers its fingerprint.</summary>
    public PostScore Score(Post post)
    {
        var weight = weigher.Weigh(post);
        return new PostScore(weight, scorer.Score(weight.Text), scorer.Id, scorer.Hash);
    }

    /// <summary>As <see cref="Score"/>, with the tone of a desk. The weight is taken at once, so calls in order have the weights of that order.</summary>
    public async Task<PostScore> ScoreAsync(Post post, ToneDesk desk)
    {
        ArgumentNullException.ThrowIfNull(desk);
        var weight = weigher.Weigh(post);
        var tone = await desk.ScoreAsync(weight.Text);
        return new PostScore(weight, tone.Tone, tone.Scorer, tone.ScorerHash);
    }
}
