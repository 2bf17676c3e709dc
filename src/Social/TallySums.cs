using BtcAgent.Domain.Sentiment;

namespace BtcAgent.Social;

/// <summary>Adds scores up to a tally. Rounded to 1e-8 post by post, so that the sums do not depend on how posts fall into tallies.</summary>
/// <param name="scorer">The scorer of tallies before the first post.</param>
public sealed class TallySums(ScorerIdentity scorer)
{
    /// <summary>Begins the names of the factors that describe the author.</summary>
    private const string AuthorFactors = "author.";

    private const double Extreme = 0.6;
    private const double Scale = 1e8;

    /// <summary>The scorers of the next tally with their hashes: two, when a model failed for some of its posts.</summary>
    private readonly SortedDictionary<string, string> _scorers = new(StringComparer.Ordinal);

    private ScorerIdentity _scorer = scorer;
    private SentimentTally _sums = new() { Number = 0, KnownAt = Timestamp.Unknown };

    /// <summary>Posts since the last tally.</summary>
    public long Posts => _sums.Posts;

    /// <summary>The weight by content: all factors but those of the author.</summary>
    public static double ContentOf(PostWeight weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var content = 1.0;
        foreach (var factor in weight.Factors.Where(factor => !factor.Name.StartsWith(AuthorFactors, StringComparison.Ordinal)))
        {
            content *= factor.Value;
        }

        return content;
    }

    /// <summary>Adds a post.</summary>
    public void Add(PostScore score)
    {
        ArgumentNullException.ThrowIfNull(score);
        var (content, weight, tone) = (ContentOf(score.Weight), score.Weight.Value, score.Tone.Tone);
        _sums = _sums with
        {
            Posts = _sums.Posts + 1,
            Content = _sums.Content + Units(content),
            ContentTone = _sums.ContentTone + Units(content * tone),
            ContentToneSquared = _sums.ContentToneSquared + Units(content * tone * tone),
            ExtremeContent = _sums.ExtremeContent + (Math.Abs(tone) >= Extreme ? Units(content) : 0),
            Influence = _sums.Influence + Units(weight),
            InfluenceTone = _sums.InfluenceTone + Units(weight * tone),
        };
        _scorers[score.Scorer] = score.ScorerHash;
    }

    /// <summary>The tally since the last one.</summary>
    public SentimentTally Take(long after, Timestamp now)
    {
        if (_scorers.Count > 0)
        {
            _scorer = new ScorerIdentity(string.Join('+', _scorers.Keys), string.Join('+', _scorers.Values));
            _scorers.Clear();
        }

        var tally = _sums with { Number = Math.Max(after + 1, now.UnixMilliseconds), KnownAt = now, Scorer = _scorer };
        _sums = new SentimentTally { Number = 0, KnownAt = Timestamp.Unknown };
        return tally;
    }

    private static long Units(double value) => (long)Math.Round(value * Scale);
}
