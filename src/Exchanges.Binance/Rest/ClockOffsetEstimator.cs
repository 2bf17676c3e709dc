namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>
/// How far the venue's clock is ahead of ours. Of each exchange the venue's time is set against the middle of
/// sending and receiving (as NTP does, RFC 5905); the one with the shortest way there and back counts, since
/// its error is at most half that way.
/// </summary>
public sealed class ClockOffsetEstimator
{
    public int Samples { get; private set; }

    /// <summary>Venue minus local; add it to local time. Zero before the first sample.</summary>
    public TimeSpan Offset { get; private set; }

    /// <summary>The way there and back of the sample that counts.</summary>
    public TimeSpan RoundTrip { get; private set; } = TimeSpan.MaxValue;

    /// <param name="sentAt">Our clock when the request left.</param>
    /// <param name="venueTime">The venue's clock in its answer.</param>
    /// <param name="roundTrip">Time to the answer, by a monotonic clock.</param>
    public void Add(DateTimeOffset sentAt, DateTimeOffset venueTime, TimeSpan roundTrip)
    {
        Samples++;
        if (roundTrip < RoundTrip)
        {
            RoundTrip = roundTrip;
            Offset = venueTime - (sentAt + (roundTrip / 2));
        }
    }
}
