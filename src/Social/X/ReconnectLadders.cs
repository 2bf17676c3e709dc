using BtcAgent.Social.X.Api;

namespace BtcAgent.Social.X;

/// <summary>
/// The waits before a reconnect, one ladder for each kind of failure; all begin again when the stream delivers. Source: X, "Consuming streaming data":
/// at once after a stream ends; network errors 250 ms more each time up to 16 s; HTTP errors 5 s doubling to 320 s; 429 from 60 s doubling, and not before
/// the limit is reset. X names no last wait after 429; ours is 16 minutes, which is longer than its window. No jitter: there is one stream per app.
/// </summary>
internal sealed class ReconnectLadders
{
    private static readonly TimeSpan TransportStep = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan TransportMax = TimeSpan.FromSeconds(16);
    private static readonly TimeSpan HttpStart = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HttpMax = TimeSpan.FromSeconds(320);
    private static readonly TimeSpan LimitStart = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LimitMax = RateLimitReset.Max;

    private int _transport;
    private int _http;
    private int _limited;

    public void Reset() => (_transport, _http, _limited) = (0, 0, 0);

    /// <summary>The wait after a failure.</summary>
    /// <param name="failure">Its kind.</param>
    /// <param name="resetAfter">X's own wait after 429; null where it gives none.</param>
    public TimeSpan Next(XFailure failure, TimeSpan? resetAfter) => failure switch
    {
        XFailure.Ended => TimeSpan.Zero,
        XFailure.Transport => Min(TransportStep * ++_transport, TransportMax),
        XFailure.Http => Doubled(HttpStart, _http++, HttpMax),
        _ => Max(Doubled(LimitStart, _limited++, LimitMax), resetAfter ?? TimeSpan.Zero),
    };

    private static TimeSpan Doubled(TimeSpan start, int times, TimeSpan max) => Min(start * Math.Pow(2, Math.Min(times, 16)), max);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
