using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Settings;

namespace BtcAgent.Exchanges.Simulator.History;

/// <summary>
/// Plays the venue's own market at full speed: the events that an agent reads from a venue with the same options in its first
/// minutes. For measurements; a model must not be trained on it (see <see cref="SimulatedHistory"/>).
/// </summary>
public static class SimulatedSession
{
    /// <param name="options">The venue's options; the same options give the same session.</param>
    /// <param name="symbol">Upper case.</param>
    /// <param name="start">Time at which the agent connects, after the venue's <see cref="SimulatorOptions.HistorySeconds"/>.</param>
    /// <param name="span">Length of the session, a whole number of seconds, at least one.</param>
    /// <param name="handler">Receives each event: first a snapshot, then trades, quotes and depth every 100 ms.</param>
    /// <param name="cancellationToken">Checked once per simulated second.</param>
    public static void Run(
        SimulatorOptions options,
        string symbol,
        Timestamp start,
        TimeSpan span,
        MarketEventHandler handler,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.FromSeconds(1));
        var market = new MarketPlay(symbol, MarketSeed.Of(options.Seed, symbol), options.HistorySeconds);
        market.Run(options, start, span, handler, progress: null, cancellationToken);
    }
}
