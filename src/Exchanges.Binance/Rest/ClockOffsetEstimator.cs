namespace BtcAgent.Exchanges.Binance.Rest;

/// <summary>
/// Estimates how far the venue's clock is ahead of ours. Compares the venue's time of each exchange with the midpoint of
/// sending and receiving (as NTP does, RFC 5905) and keeps the sample with the shortest round trip, since the error is at
/// most half of it.
/// </summary>
public sealed class ClockOffsetEstimator
{
    public int Samples { get; private set; }

    /// <summary>Venue minus local; add it to local time. Zero before the first sample.</summary>
    public TimeSpan Offset { get; private set; }

    /// <summary>Round trip of the sample that is kept.</summary>
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
