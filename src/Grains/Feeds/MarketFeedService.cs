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
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        try
        {
            var running = agent.Value.Instruments.Select(i => RunAsync(InstrumentId.Parse(i), failed.Token)).ToList();
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
            // One feed that cannot go on ends all: an agent that trades half of what it was told to is no agent.
            LogFailed(logger, e.Message, e is MarketFeedException ? null : e);
            completion.Fail(e);
            await failed.CancelAsync();
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
        var until = lease.Until;
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
                if (await RenewAsync(instrument, leases, holder, duration) is not { } renewed)
                {
                    if (time.GetUtcNow() >= until)
                    {
                        return false;
                    }

                    continue;
                }

                until = renewed.Until;
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
            await ReleaseAsync(instrument, leases, holder);
        }
    }

    /// <summary>Null when the cluster did not answer: the lease holds until it runs out, and is asked for again.</summary>
    private async Task<FeedLease?> RenewAsync(InstrumentId instrument, IFeedLeaseGrain leases, string holder, TimeSpan duration)
    {
        try
        {
            return await leases.Acquire(holder, duration);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException)
        {
            LogNotRenewed(logger, instrument, e.Message);
            return null;
        }
    }

    private async Task ReleaseAsync(InstrumentId instrument, IFeedLeaseGrain leases, string holder)
    {
        try
        {
            await leases.Release(holder);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException)
        {
            // It runs out by itself.
            LogNotRenewed(logger, instrument, e.Message);
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
