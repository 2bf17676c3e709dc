using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Feeds;
using BtcAgent.Contracts.Instruments;
using BtcAgent.Contracts.Streams;
using BtcAgent.Contracts.Trading;
using BtcAgent.Domain.MarketData;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;

namespace BtcAgent.Grains.Feeds;

/// <summary>
/// Runs the venue connections of this silo: for each instrument it competes for the lease, and while it holds the
/// lease it reads the feed and publishes it.
/// </summary>
internal sealed partial class MarketFeedService(
    IMarketFeed feed,
    IGrainFactory grains,
    IServiceProvider services,
    ILocalSiloDetails silo,
    FeedCompletion completion,
    IOptions<AgentOptions> agent,
    IOptions<FeedOptions> options,
    TimeProvider time,
    ILogger<MarketFeedService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(agent.Value.Instruments.Select(i => RunAsync(InstrumentId.Parse(i), stoppingToken)));
            completion.Complete();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped(logger);
        }
        catch (MarketFeedException e)
        {
            LogFailed(logger, e.Message);
            completion.Fail(e);
        }
    }

    private async Task RunAsync(InstrumentId instrument, CancellationToken stoppingToken)
    {
        var holder = silo.SiloAddress.ToParsableString();
        var duration = TimeSpan.FromSeconds(options.Value.LeaseSeconds);
        var leases = grains.GetGrain<IFeedLeaseGrain>(instrument.Key);
        while (true)
        {
            var lease = await leases.Acquire(holder, duration);
            if (!lease.IsGranted)
            {
                await Task.Delay(duration / 3, time, stoppingToken);
                continue;
            }

            LogAcquired(logger, instrument, lease.Epoch);
            if (await RunWithLeaseAsync(instrument, leases, lease, holder, duration, stoppingToken))
            {
                return;
            }
        }
    }

    /// <returns>True when the feed has ended by itself; false when the lease was lost.</returns>
    private async Task<bool> RunWithLeaseAsync(
        InstrumentId instrument, IFeedLeaseGrain leases, FeedLease lease, string holder, TimeSpan duration, CancellationToken stoppingToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var reading = ReadAsync(instrument, lease.Epoch, lost.Token);
        try
        {
            while (true)
            {
                using var renewal = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                var pause = Task.Delay(duration / 3, time, renewal.Token);
                if (await Task.WhenAny(reading, pause) == reading)
                {
                    await renewal.CancelAsync();
                    await reading;
                    return true;
                }

                await pause;
                var renewed = await leases.Acquire(holder, duration);
                if (!renewed.IsGranted || renewed.Epoch != lease.Epoch)
                {
                    LogLost(logger, instrument, renewed.Holder);
                    return false;
                }
            }
        }
        finally
        {
            await lost.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await leases.Release(holder);
        }
    }

    private async Task ReadAsync(InstrumentId instrument, long epoch, CancellationToken cancellationToken)
    {
        var rules = await feed.GetTradingRulesAsync(instrument, cancellationToken);
        await grains.GetGrain<IInstrumentGrain>(instrument.Key).SetRules(rules);
        var stream = services.GetRequiredKeyedService<IStreamProvider>(StreamNames.Provider)
            .GetStream<MarketDataBatch>(StreamId.Create(StreamNames.MarketData, instrument.Key));
        var sink = new MarketStreamSink(
            instrument,
            epoch,
            stream,
            grains.GetGrain<IFeatureGrain>(instrument.Key),
            completion,
            options.Value,
            agent.Value.WaitForDecisions,
            time,
            logger);
        await feed.RunAsync(instrument, sink, cancellationToken);
        await sink.CompleteAsync(cancellationToken);
    }
}
