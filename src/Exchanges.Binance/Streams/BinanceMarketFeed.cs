using System.Net.WebSockets;
using BtcAgent.Domain.Instruments;
using BtcAgent.Exchanges.Binance.Rest;
using BtcAgent.Exchanges.Binance.Settings;
using BtcAgent.Exchanges.Binance.Tapes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Binance.Streams;

/// <summary>
/// Binance spot market data: trade, bookTicker, depth@100ms and kline_1m over one combined stream, and depth snapshots over
/// REST. Reconnects with jittered back-off. Renews a connection before the venue ends it at 24 hours and when its server
/// announces a shutdown; the new connection reads before the old one closes.
/// </summary>
public sealed partial class BinanceMarketFeed(
    BinanceRestClient rest,
    IOptions<BinanceOptions> options,
    FeedMetrics metrics,
    TimeProvider time,
    ILogger<BinanceMarketFeed> logger) : IMarketFeed
{
    private readonly BinanceOptions _options = options.Value;

    /// <summary>The last measured offset of the venue's clock from ours.</summary>
    public ClockOffsetEstimator Clock { get; private set; } = new();

    public async Task<TradingRules> GetTradingRulesAsync(InstrumentId instrument, CancellationToken cancellationToken)
    {
        try
        {
            var rules = await rest.GetTradingRulesAsync(instrument, cancellationToken);
            return rules with { ReferencePrice = await ReferencePriceAsync(instrument, cancellationToken) };
        }
        catch (BinanceApiException problem)
        {
            throw new MarketFeedException($"no trading rules for {instrument}: {problem.Message}", problem);
        }
    }

    /// <exception cref="OperationCanceledException">The only way a running feed ends.</exception>
    /// <exception cref="MarketFeedException">The folder for recordings cannot be created.</exception>
    public async Task RunAsync(InstrumentId instrument, IMarketEventSink sink, CancellationToken cancellationToken)
    {
        var random = new Random(_options.JitterSeed);
        using var recorder = _options.RecordTo is { Length: > 0 } folder
            ? new TapeRecorder(folder, instrument, problem => LogRecording(logger, problem))
            : null;
        var snapshots = new SnapshotFetcher(rest, instrument, _options, time, NewBackOff(random), logger);
        var session = new FeedSession(instrument, sink, snapshots, rest, recorder, metrics, time, logger);
        var backOff = NewBackOff(random);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var clock = WatchClockAsync(sink, ending.Token);
        try
        {
            while (true)
            {
                var problem = await ReadUntilLostAsync(instrument, session, backOff, random, cancellationToken);
                session.Interrupt();
                await session.FlushAsync(cancellationToken);
                var wait = backOff.Next();
                LogLost(logger, instrument, problem.Message, wait.TotalSeconds);
                await Task.Delay(wait, time, cancellationToken);
            }
        }
        finally
        {
            await ending.CancelAsync();
            await clock.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Returns why the connection was lost; throws only when cancelled or when the sink fails.</summary>
    private async Task<Exception> ReadUntilLostAsync(
        InstrumentId instrument, FeedSession session, BackOff backOff, Random random, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var connections = new RenewingConnection(
            StreamAddress(instrument), _options, rest.Budget, NewBackOff(random), metrics, time, logger);
        try
        {
            await connections.OpenAsync(ended.Token);
            LogOpened(logger, instrument, _options.StreamBaseAddress);
            session.Start(ended.Token);
            await PumpAsync(connections, session, backOff, ended.Token);
            return new WebSocketException("the venue closed the connection");
        }
        catch (OperationCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            return new TimeoutException($"no frame for {_options.SilenceSeconds} s", problem);
        }
        catch (Exception problem) when (problem is WebSocketException or IOException or HttpRequestException)
        {
            return problem;
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private static async Task PumpAsync(
        RenewingConnection connections, FeedSession session, BackOff backOff, CancellationToken cancellationToken)
    {
        while (true)
        {
            var receiving = connections.ReceiveAsync();
            bool open;
            if (receiving.IsCompleted && !session.MustFlush)
            {
                open = await receiving;
            }
            else
            {
                // The receive buffer is empty: deliver the events of this burst before waiting.
                await session.FlushAsync(cancellationToken);
                open = session.PendingSnapshot is null
                    ? await receiving
                    : await ReceiveBesideSnapshotsAsync(receiving.AsTask(), session, cancellationToken);
            }

            if (!open)
            {
                if (!await connections.TakeNextAsync())
                {
                    return;
                }

                session.TakeOver();
                continue;
            }

            backOff.Reset();
            session.Take(connections.Frame, cancellationToken);
            if (session.IsShutdownAnnounced)
            {
                connections.Leave();
            }

            session.TakeSnapshot(cancellationToken);
            if (connections.TrySwitch())
            {
                session.TakeOver();
            }
        }
    }

    private static async Task<bool> ReceiveBesideSnapshotsAsync(
        Task<bool> receiving, FeedSession session, CancellationToken cancellationToken)
    {
        while (session.PendingSnapshot is { } snapshot && await Task.WhenAny(receiving, snapshot) != receiving)
        {
            await snapshot; // throws only when cancelled
            session.TakeSnapshot(cancellationToken);
            await session.FlushAsync(cancellationToken);
        }

        return await receiving;
    }

    /// <summary>
    /// Returns null without an answer; filters then use market prices, as before the venue had reference prices.
    /// </summary>
    private async Task<Price?> ReferencePriceAsync(InstrumentId instrument, CancellationToken cancellationToken)
    {
        try
        {
            return await rest.GetReferencePriceAsync(instrument, cancellationToken);
        }
        catch (Exception problem) when (problem is MarketFeedException or BinanceApiException)
        {
            LogNoReferencePrice(logger, instrument, problem.Message);
            return null;
        }
    }

    /// <summary>Measures at start and then periodically: either clock may be set while the feed runs.</summary>
    private async Task WatchClockAsync(IMarketEventSink sink, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.ClockEvery, time);
        do
        {
            await MeasureClockAsync(sink, cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task MeasureClockAsync(IMarketEventSink sink, CancellationToken cancellationToken)
    {
        try
        {
            // Starts a new estimator: the best sample of an hour ago says nothing about a clock that was set since then.
            var measured = new ClockOffsetEstimator();
            await rest.MeasureClockAsync(measured, cancellationToken);
            Clock = measured;
            sink.OnClockMeasured(measured.Offset);
            metrics.ClockOffset(measured.Offset);
            LogClock(logger, measured.Offset.TotalMilliseconds, measured.RoundTrip.TotalMilliseconds);
        }
        catch (Exception problem) when (problem is MarketFeedException or BinanceApiException)
        {
            LogNoClock(logger, problem.Message);
        }
    }

    private BackOff NewBackOff(Random random) => new(
        _options.BackOffStart, _options.BackOffMax, random);

    private Uri StreamAddress(InstrumentId instrument)
    {
        var symbol = instrument.Symbol.ToLowerInvariant();
        return new Uri(
            _options.StreamBaseAddress,
            $"/stream?streams={symbol}@trade/{symbol}@bookTicker/{symbol}@depth@100ms/{symbol}@kline_1m");
    }
}
