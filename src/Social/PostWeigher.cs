using BtcAgent.Social.Authors;
using BtcAgent.Social.Copies;
using BtcAgent.Social.Languages;
using BtcAgent.Social.Relevance;
using BtcAgent.Social.Spam;
using BtcAgent.Social.Text;
using BtcAgent.Social.Weights;

namespace BtcAgent.Social;

/// <summary>
/// Reads posts and weighs them: relevance, language, spam, copies and author. The same posts in the same order give the same weights.
/// Not safe for several threads.
/// </summary>
/// <param name="copies">Earlier posts of the same asset.</param>
/// <param name="texts">Their authors.</param>
public sealed class PostWeigher(CopyWindow copies, UniqueTexts texts)
{
    /// <summary>Weighs a post and remembers its fingerprint. An author's share of unique texts is that of the posts before.</summary>
    public PostWeight Weigh(Post post)
    {
        var text = PostReader.Read(post.Text);
        var language = LanguageGuess.Of(text);
        var relevance = BitcoinRelevance.Of(text);
        Span<uint> sketch = stackalloc uint[ShingleSketch.HashesMax];
        sketch = sketch[..ShingleSketch.Of(text, sketch)];
        var copy = copies.Add(sketch, post.ReceivedAt.UnixMilliseconds);
        WeightFactor[] factors =
        [
            relevance,
            LanguageFactor.Of(language),
            .. SpamPatterns.Of(text),
            copy,
            .. AuthorWeight.Of(post.Author with { UniqueShare = ShareOf(post.Author) }),
        ];
        if (post.Author.Id is { Length: > 0 } author && !sketch.IsEmpty)
        {
            texts.Add(author, isUnique: copy.Value == 1);
        }

        var value = 1.0;
        foreach (var factor in factors)
        {
            value *= factor.Value;
        }

        return new PostWeight(text, language, relevance.Value, value, factors);
    }

    private double? ShareOf(AuthorFacts author) => (author.Id is { Length: > 0 } id ? texts.ShareOf(id) : null) ?? author.UniqueShare;
}
