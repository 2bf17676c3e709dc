using BtcAgent.Contracts.Feeds;
using BtcAgent.Domain.MarketData;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BtcAgent.Grains.Feeds;

/// <summary>
/// Work that one process of the cluster does at a time: competes for a lease, works while it holds it, and restarts with a
/// higher epoch when the work fails.
/// </summary>
internal sealed partial class LeasedWork(
    IGrainFactory grains, LeaseHolder holder, IOptions<FeedOptions> options, TimeProvider time, ILogger<LeasedWork> logger)
{
    /// <summary>
    /// Consecutive failures after which the work gives up: tolerates minutes without a database or broker.
    /// </summary>
    private const int FailuresMax = 600;

    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <inheritdoc cref="RunAsync(IReadOnlyList{string}, Func{int, long, CancellationToken, Task}, CancellationToken)"/>
    public Task RunAsync(string key, Func<long, CancellationToken, Task> work, CancellationToken stoppingToken) =>
        RunAsync([key], (_, epoch, cancellation) => work(epoch, cancellation), stoppingToken);

    /// <summary>Completes when the work has ended by itself.</summary>
    /// <param name="keys">Lease keys; this process takes the first free one, and one at a time.</param>
    /// <param name="work">Called with the lease's index among the keys and its epoch; cancelled when the lease is
    /// lost.</param>
    /// <param name="stoppingToken">Ends competition and work.</param>
    /// <exception cref="MarketFeedException">The work cannot be done here.</exception>
    public async Task RunAsync(
        IReadOnlyList<string> keys, Func<int, long, CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        var failures = 0;
        while (true)
        {
            if (await AskForOneAsync(keys) is not var (place, lease))
            {
                await Task.Delay(options.Value.RetryInterval, time, stoppingToken);
                continue;
            }

            var key = keys[place];
            LogAcquired(logger, key, lease.Epoch);
            try
            {
                if (await RunWithLeaseAsync(
                    grains.GetGrain<IFeedLeaseGrain>(key), key, lease, (epoch, cancellation) => work(place, epoch, cancellation), stoppingToken))
                {
                    return;
                }

                failures = 0;
            }
            catch (Exception e) when (e is not MarketFeedException && !stoppingToken.IsCancellationRequested && ++failures <= FailuresMax)
            {
                LogFailed(logger, key, e.Message, failures == 1 ? e : null);
                await Task.Delay(RetryPause, time, stoppingToken);
            }
        }
    }

    /// <returns>True when the work has ended by itself; false when the lease was lost.</returns>
    private async Task<bool> RunWithLeaseAsync(
        IFeedLeaseGrain leases, string key, FeedLease lease, Func<long, CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var working = work(lease.Epoch, lost.Token);
        var duration = options.Value.LeaseTime;
        var renewedAt = time.GetTimestamp();
        try
        {
            while (true)
            {
                using var renewal = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                var pause = Task.Delay(duration / 4, time, renewal.Token);
                if (await Task.WhenAny(working, pause) == working)
                {
                    await renewal.CancelAsync();
                    await working;
                    return true;
                }

                await pause;
                if (await AskAsync(leases, key, lease.Epoch) is not { } renewed)
                {
                    if (time.GetElapsedTime(renewedAt) >= duration)
                    {
                        LogLost(logger, key, "no holder (not renewed)");
                        return false;
                    }

                    continue;
                }

                renewedAt = time.GetTimestamp();
                if (!renewed.IsGranted || renewed.Epoch != lease.Epoch)
                {
                    LogLost(logger, key, renewed.Holder);
                    return false;
                }
            }
        }
        finally
        {
            await lost.CancelAsync();
            await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ReleaseAsync(leases, key);
        }
    }

    private async Task<(int Place, FeedLease Lease)?> AskForOneAsync(IReadOnlyList<string> keys)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (await AskAsync(grains.GetGrain<IFeedLeaseGrain>(keys[i]), keys[i], heldEpoch: 0) is { IsGranted: true } lease)
            {
                return (i, lease);
            }
        }

        return null;
    }

    /// <summary>Returns null when the cluster did not answer: a lease that is held remains so until it expires.</summary>
    private async Task<FeedLease?> AskAsync(IFeedLeaseGrain leases, string key, long heldEpoch)
    {
        try
        {
            return await leases.Acquire(holder.Name, options.Value.LeaseTime, heldEpoch).WaitAsync(AnswerMax, time);
        }
        catch (Exception e)
        {
            // Includes a store that cannot be read or written: retried as for a cluster that is not up yet.
            LogNoAnswer(logger, key, e.Message);
            return null;
        }
    }

    private async Task ReleaseAsync(IFeedLeaseGrain leases, string key)
    {
        try
        {
            await leases.Release(holder.Name).WaitAsync(AnswerMax, time);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException)
        {
            // The lease expires by itself.
            LogNoAnswer(logger, key, e.Message);
        }
    }
}
