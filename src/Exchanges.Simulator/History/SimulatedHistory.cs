using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Settings;

namespace BtcAgent.Exchanges.Simulator.History;

/// <summary>
/// A past of the embedded venue, as fast as it can be computed: the events that a feed would have read from a market of
/// the same options. Its seed is derived, so that it is never the stretch that a venue of these options will trade:
/// a model must not be trained on the future it will be judged on.
/// </summary>
public static class SimulatedHistory
{
    /// <summary>Book formation before the first event, in seconds.</summary>
    private const int FormationSeconds = 60;

    private const int StepMs = 1_000;
    private const int SeedShift = 0x5EED;

    /// <param name="options">Of the venue; the same options give the same history.</param>
    /// <param name="symbol">Upper case.</param>
    /// <param name="end">When the history ends.</param>
    /// <param name="span">How long it is, a whole number of seconds.</param>
    /// <param name="handler">Told each event: first a snapshot, then trades, quotes and depth each 100 ms.</param>
    /// <param name="progress">Told the share done, 0…1.</param>
    /// <param name="cancellationToken">Looked at once a simulated second.</param>
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
        var endMs = end.UnixNanoseconds / 1_000_000;
        var startMs = endMs - (long)span.TotalMilliseconds;
        var publisher = new HistoryPublisher(handler);
        var market = new SimulatedMarket(
            symbol,
            MarketSeed.Of(options.Seed ^ SeedShift, symbol),
            options.StartPrice,
            options.OrdersPerSecond,
            startMs - (FormationSeconds * 1_000L),
            publisher);
        market.RunUntil(startMs);
        publisher.Begin(market);
        for (var nowMs = startMs + StepMs; nowMs <= endMs; nowMs += StepMs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            market.RunUntil(nowMs);
            progress?.Report((double)(nowMs - startMs) / (endMs - startMs));
        }
    }
}
