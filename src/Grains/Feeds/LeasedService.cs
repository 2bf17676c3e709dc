using Microsoft.Extensions.Hosting;

namespace BtcAgent.Grains.Feeds;

/// <summary>Work that one silo of the cluster does at a time, from its start to its end.</summary>
internal sealed class LeasedService(LeasedWork leased, string key, Func<long, CancellationToken, Task> work) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts the other services meanwhile.
        await Task.Yield();
        try
        {
            await leased.RunAsync(key, work, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return; // The stop was asked for; the lease is released.
        }
    }
}
