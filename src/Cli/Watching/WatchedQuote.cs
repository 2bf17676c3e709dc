namespace BtcAgent.Cli.Watching;

/// <summary>A quote out of the events.</summary>
/// <param name="Bid">Best bid in quote asset.</param>
/// <param name="Ask">Best ask in quote asset.</param>
/// <param name="At">This machine's clock at its arrival.</param>
internal sealed record WatchedQuote(decimal Bid, decimal Ask, DateTimeOffset At)
{
    private const decimal BpsPerUnit = 10_000;

    /// <summary>The spread in basis points of the mid; NaN when a side is missing.</summary>
    public double SpreadBps => Bid > 0 && Ask > 0 ? (double)((Ask - Bid) / ((Ask + Bid) / 2) * BpsPerUnit) : double.NaN;
}
