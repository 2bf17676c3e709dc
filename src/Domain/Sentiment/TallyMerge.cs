namespace BtcAgent.Domain.Sentiment;

/// <summary>
/// Gives recorded tallies their place among recorded events, for replays and backtests alike: before the first event that was received after they were known.
/// Those known before the first event of all are left out: there is no market time at which they could count.
/// </summary>
/// <param name="tallies">In the order of numbers and times.</param>
public sealed class TallyMerge(IReadOnlyList<SentimentTally> tallies)
{
    private int _next;
    private bool _hasBegun;

    /// <summary>Takes the next tally that belongs before an event; call it until it returns false, for each event in order.</summary>
    /// <param name="receivedAt">When the event was received.</param>
    /// <param name="tally">The tally.</param>
    public bool TryTake(Timestamp receivedAt, out SentimentTally tally)
    {
        while (!_hasBegun && IsKnownBefore(receivedAt))
        {
            _next++;
        }

        _hasBegun = true;
        tally = IsKnownBefore(receivedAt) ? tallies[_next++] : default;
        return tally.Number > 0;
    }

    private bool IsKnownBefore(Timestamp receivedAt) => _next < tallies.Count && tallies[_next].KnownAt < receivedAt;
}
