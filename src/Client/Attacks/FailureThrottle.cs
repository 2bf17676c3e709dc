using System.Net;

namespace BtcAgent.Client.Attacks;

/// <summary>
/// Counts failed sign-ins and wrong keys by sender. Requests with the right key are never throttled, even from an address with
/// too many failures. A table of fixed size holds the counts. Thread-safe.
/// </summary>
internal sealed class FailureThrottle(TimeProvider time)
{
    /// <summary>Failures of one sender a minute that are answered with 401; further ones get 429.</summary>
    public const int FailuresPerMinute = 20;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private const int Places = 4_096;

    private readonly Lock _gate = new();
    private readonly (long StartedAt, int Count)[] _windows = new (long, int)[Places];

    /// <summary>Records a failure.</summary>
    /// <returns>How long the sender must wait; null while within the limit.</returns>
    public TimeSpan? Record(IPAddress? from)
    {
        var place = AddressPrefix.Of(from).PlaceIn(Places);
        var now = time.GetTimestamp();
        lock (_gate)
        {
            ref var window = ref _windows[place];
            if (window.Count == 0 || time.GetElapsedTime(window.StartedAt, now) >= Window)
            {
                window = (now, 0);
            }

            window.Count = Math.Min(window.Count + 1, FailuresPerMinute + 1);
            return window.Count > FailuresPerMinute ? Window - time.GetElapsedTime(window.StartedAt, now) : null;
        }
    }
}
