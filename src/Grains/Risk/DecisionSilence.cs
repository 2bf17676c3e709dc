namespace BtcAgent.Grains.Risk;

/// <summary>
/// How long an instrument has had market data without a decision. Before its first event there is nothing to decide: a silo that
/// starts a minute before its feed must not begin with a tripped breaker.
/// </summary>
internal sealed class DecisionSilence(TimeProvider time)
{
    private readonly Dictionary<string, long> _openedAt = new(StringComparer.Ordinal);

    /// <param name="instrument">Key of the instrument.</param>
    /// <param name="events">Events that its feed has brought.</param>
    /// <param name="decisionAgeMs">Milliseconds since the last decision, or since its strategies' activation.</param>
    /// <returns>Milliseconds; null before the first event.</returns>
    public double? Of(string instrument, long events, double decisionAgeMs)
    {
        if (events == 0)
        {
            // Also after a restart of the instrument: whether its feed is silent is judged by FEED_STALENESS.
            _openedAt.Remove(instrument);
            return null;
        }

        _openedAt.TryAdd(instrument, time.GetTimestamp());
        return Math.Min(decisionAgeMs, time.GetElapsedTime(_openedAt[instrument]).TotalMilliseconds);
    }
}
