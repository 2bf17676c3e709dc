using BtcAgent.Exchanges.Simulator.Markets;
using BtcAgent.Exchanges.Simulator.Settings;

namespace BtcAgent.Exchanges.Simulator.History;

/// <summary>Runs one market at full speed and passes on what it publishes.</summary>
/// <param name="symbol">Upper case.</param>
/// <param name="seed">Seed of the market's flow.</param>
/// <param name="formationSeconds">Virtual time in which the book forms before the first event, in seconds.</param>
internal sealed class MarketPlay(string symbol, ulong seed, int formationSeconds)
{
    private const int StepMs = 1_000;

    /// <param name="options">Start price and rate of the flow.</param>
    /// <param name="start">Time of the first event.</param>
    /// <param name="span">A whole number of seconds.</param>
    /// <param name="handler">Receives each event: first a snapshot, then trades, quotes and depth every 100 ms.</param>
    /// <param name="progress">Receives the completed fraction, 0…1.</param>
    /// <param name="cancellationToken">Checked once per simulated second.</param>
    public void Run(
        SimulatorOptions options,
        Timestamp start,
        TimeSpan span,
        MarketEventHandler handler,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        var startMs = start.UnixNanoseconds / 1_000_000;
        var endMs = startMs + (long)span.TotalMilliseconds;
        var publisher = new HistoryPublisher(handler);
        var market = new SimulatedMarket(
            symbol,
            seed,
            options.StartPrices.GetValueOrDefault(symbol, options.StartPrice),
            options.OrdersPerSecond,
            startMs - (formationSeconds * 1_000L),
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
