using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Social;
using BtcAgent.Contracts.Streams;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.MarketData;
using BtcAgent.Grains.Clocks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;

namespace BtcAgent.Grains.Feeds;

/// <summary>
/// Runs the venue connections of this silo: competes for the lease of a line of each instrument, and while it holds one,
/// reads the feed and publishes it.
/// </summary>
internal sealed partial class MarketFeedService(
    IMarketFeed feed,
    IGrainFactory grains,
    IServiceProvider services,
    LeasedWork leased,
    FeedCompletion completion,
    IOptions<AgentOptions> agent,
    IOptions<FeedOptions> options,
    VenueClock venueClock,
    IFactPublisher facts,
    TimeProvider time,
    ILogger<MarketFeedService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        try
        {
            var running = agent.Value.Instruments.Select(i => RunAsync(i, failed.Token)).ToList();
            while (running.Count > 0)
            {
                var ended = await Task.WhenAny(running);
                running.Remove(ended);
                await ended;
            }

            completion.Complete();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(logger);
        }
        catch (Exception e)
        {
            // A failed feed stops the process: trading only some of the configured instruments is not allowed.
            LogFailed(logger, e.Message, e is MarketFeedException ? null : e);
            completion.Fail(e);
            await failed.CancelAsync();
        }
    }

    private async Task RunAsync(string instrument, CancellationToken stoppingToken)
    {
        var id = InstrumentId.Parse(instrument);
        string[] lines = [.. Enumerable.Range(0, options.Value.Lines).Select(line => FeedLines.LeaseOf(id, line))];
        await leased.RunAsync(lines, (line, epoch, cancellation) => ReadAsync(id, line, epoch, cancellation), stoppingToken);
    }

    private async Task ReadAsync(InstrumentId instrument, int line, long epoch, CancellationToken cancellationToken)
    {
        var rules = await feed.GetTradingRulesAsync(instrument, cancellationToken);
        await grains.GetGrain<IInstrumentGrain>(instrument.Key).SetRules(rules);
        var stream = services.GetRequiredKeyedService<IStreamProvider>(StreamNames.Provider)
            .GetStream<MarketDataBatch>(StreamId.Create(StreamNames.MarketData, instrument.Key));
        var sink = new MarketStreamSink(
            instrument,
            line,
            epoch,
            stream,
            grains.GetGrain<IFeatureGrain>(instrument.Key),
            completion,
            options.Value,
            agent.Value.WaitForDecisions,
            venueClock,
            facts,
            time,
            logger);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var following = FollowRulesAsync(rules, ended.Token);
        var tallying = options.Value.Sentiment && !feed.IsRecorded && rules.BaseAsset == ISentimentGrain.Bitcoin
            ? new TallyReader(grains, instrument, sink.Injections, time, logger).RunAsync(ended.Token)
            : Task.CompletedTask;
        var noticing = options.Value.Economy && !feed.IsRecorded
            ? new NoticeReader(grains, instrument, sink.Injections, time, logger).RunAsync(ended.Token)
            : Task.CompletedTask;
        try
        {
            await feed.RunAsync(instrument, sink, cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await tallying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await noticing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            LogReadEnded(logger, instrument, sink.LastPublished, epoch);
        }

        await sink.CompleteAsync(cancellationToken);
    }

    /// <summary>
    /// Follows the trading rules: a symbol may be closed, or opened for cancels only, while the agent runs.
    /// </summary>
    private async Task FollowRulesAsync(TradingRules rules, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.RulesInterval, time);
        var isLogged = false;
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                var now = await feed.GetTradingRulesAsync(rules.Instrument, cancellationToken);
                if (now.Status != rules.Status)
                {
                    LogStatus(logger, rules.Instrument, now.Status, rules.Status);
                }

                if (now != rules)
                {
                    await grains.GetGrain<IInstrumentGrain>(rules.Instrument.Key).SetRules(now);
                }

                (rules, isLogged) = (now, false);
            }
            catch (Exception e) when (e is MarketFeedException or TimeoutException or OrleansException && !isLogged)
            {
                isLogged = true;
                LogNoRules(logger, rules.Instrument, e.Message);
            }
            catch (Exception e) when (e is MarketFeedException or TimeoutException or OrleansException)
            {
                continue; // Logged once, until it works again.
            }
        }
    }
}
