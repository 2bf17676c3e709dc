using BtcAgent.Contracts.Social;
using BtcAgent.Social;
using BtcAgent.Social.Scoring;

namespace BtcAgent.Silo.Social;

/// <summary>Writes a scored post for people.</summary>
internal static class PostView
{
    private const string Cut = "…";

    public static JudgedPost Of(ScoredPost scored) => scored is { Post: var post, Score: { } score }
        ? new JudgedPost
        {
            Source = post.Source,
            Id = post.Id,
            CreatedAt = post.CreatedAt,
            ReceivedAt = post.ReceivedAt,
            KnownAt = scored.KnownAt,
            Text = Short(post.Text),
            Language = score.Weight.Language,
            Followers = post.Author.Followers,
            Tone = score.Tone.Tone,
            Confidence = score.Tone.Confidence,
            Class = score.Tone.Class switch
            {
                ToneClass.Negative => JudgedClass.Negative,
                ToneClass.Positive => JudgedClass.Positive,
                _ => JudgedClass.Neutral,
            },
            Weight = score.Weight.Value,
            ContentWeight = TallySums.ContentOf(score.Weight),
            Factors = [.. score.Weight.Factors.Select(factor => new JudgedFactor(factor.Name, factor.Value, factor.Reason))],
            Scorer = score.Scorer,
            ScorerHash = score.ScorerHash,
            Terms = [.. score.Tone.Terms.Select(term => new JudgedTerm(term.Term, term.Value, term.Rule))],
        }
        : throw new ArgumentException("the post has no score", nameof(scored));

    /// <summary>Never cuts a surrogate pair in two.</summary>
    private static string Short(string text)
    {
        if (text.Length <= JudgedPost.TextMax)
        {
            return text;
        }

        var end = JudgedPost.TextMax - Cut.Length;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + Cut;
    }
}
