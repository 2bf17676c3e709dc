namespace BtcAgent.Alerts.Delivery;

/// <summary>Pauses between attempts: doubled each time, with jitter, so that many senders do not return together.</summary>
/// <param name="seed">Seed of the jitter.</param>
internal sealed class Backoff(int seed)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>Longest pause that a receiver may ask for.</summary>
    public static readonly TimeSpan WishMax = TimeSpan.FromHours(1);

    private const double Jitter = 0.25;

    private readonly Random _random = new(seed);
    private TimeSpan _next = First;

    /// <param name="wish">Pause that the receiver asks for; null for none.</param>
    public TimeSpan Next(TimeSpan? wish)
    {
        var pause = _next * (1 + (Jitter * ((2 * _random.NextDouble()) - 1)));
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        return wish is { } asked && asked > pause ? (asked < WishMax ? asked : WishMax) : pause;
    }

    public void Reset() => _next = First;
}
