namespace BtcAgent.Exchanges.Binance.Streams;

/// <summary>
/// Waits that double with each consecutive failure up to a limit. Each lasts between half and all of its nominal length, so
/// that many clients do not reconnect at the same moment.
/// </summary>
internal sealed class BackOff(TimeSpan start, TimeSpan max, Random random)
{
    private const int DoublingsMax = 20;

    public int Failures { get; private set; }

    public void Reset() => Failures = 0;

    public TimeSpan Next()
    {
        var nominal = Math.Min(max.TotalSeconds, start.TotalSeconds * Math.Pow(2, Math.Min(Failures, DoublingsMax)));
        Failures++;
        return TimeSpan.FromSeconds(nominal * (0.5 + (0.5 * random.NextDouble())));
    }
}
