using BtcAgent.Domain.Sentiment;

namespace BtcAgent.Social;

/// <summary>
/// Scores posts of the past and adds them up as the agent does: a tally at the end of each second in which a score became known, and one of 0 posts every
/// ten seconds of a pause that is short enough for a source that was alive.
/// </summary>
/// <param name="scorer">Scores the posts.</param>
/// <param name="delay">From the receipt of a post until its score is known.</param>
/// <param name="pauseMax">A longer pause between posts counts as a source that was away.</param>
public sealed class PostTallies(PostScorer scorer, TimeSpan delay, TimeSpan pauseMax)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(10);

    private readonly TallySums _sums = new(scorer.Identity);
    private Timestamp _second;
    private Timestamp _last;
    private long _number;

    /// <summary>Adds a post.</summary>
    /// <param name="post">Not received before the last one.</param>
    /// <returns>The tallies that are complete now.</returns>
    public IEnumerable<SentimentTally> Add(Post post)
    {
        ArgumentNullException.ThrowIfNull(post);
        var known = post.ReceivedAt + delay;
        var floor = known.RoundDownTo(Second);
        var second = floor == known ? floor : floor + Second;
        List<SentimentTally> complete = [.. _sums.Posts > 0 && second > _second ? new[] { Take(_second) } : []];
        if (_last.IsKnown && second - _last <= pauseMax)
        {
            for (var alive = _last + AliveEvery; alive < second; alive += AliveEvery)
            {
                complete.Add(Take(alive));
            }
        }

        _second = second;
        _sums.Add(scorer.Score(post));
        return complete;
    }

    /// <summary>The last tally, if there is one.</summary>
    public IEnumerable<SentimentTally> End() => _sums.Posts > 0 ? [Take(_second)] : [];

    private SentimentTally Take(Timestamp at)
    {
        var tally = _sums.Take(_number, at);
        (_number, _last) = (tally.Number, at);
        return tally;
    }
}
