namespace BtcAgent.Exchanges.Binance.Streams;

/// <summary>
/// Waits that double with each failure in a row up to a limit; each is drawn from half to the whole of its length,
/// so that many clients don't come back at once.
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
