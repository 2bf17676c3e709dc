using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Settings;

namespace BtcAgent.Exchanges.Simulator.History;

/// <summary>
/// Generates a past of the embedded venue at full speed: the events that a feed would have read from a market with the same
/// options. Derives its own seed, so that the history never equals what the venue will trade: a model must not be trained
/// on the future that it will be judged on.
/// </summary>
public static class SimulatedHistory
{
    /// <summary>Time for the book to form before the first event, in seconds.</summary>
    private const int FormationSeconds = 60;

    private const int SeedShift = 0x5EED;

    /// <param name="options">The venue's options; the same options give the same history.</param>
    /// <param name="symbol">Upper case.</param>
    /// <param name="end">End of the history.</param>
    /// <param name="span">Length of the history, a whole number of seconds.</param>
    /// <param name="handler">Receives each event: first a snapshot, then trades, quotes and depth every 100 ms.</param>
    /// <param name="progress">Receives the completed fraction, 0…1.</param>
    /// <param name="cancellationToken">Checked once per simulated second.</param>
    public static void Run(
        SimulatorOptions options,
        string symbol,
        Timestamp end,
        TimeSpan span,
        MarketEventHandler handler,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.FromSeconds(1));
        var market = new MarketPlay(symbol, MarketSeed.Of(options.Seed ^ SeedShift, symbol), FormationSeconds);
        market.Run(options, end - span, span, handler, progress, cancellationToken);
    }
}
