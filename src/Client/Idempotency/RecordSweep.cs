using BtcAgent.Contracts.Idempotency;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Client.Idempotency;

/// <summary>Removes the records of idempotency keys that have ended, once an hour, so that the store keeps none for ever.</summary>
internal sealed partial class RecordSweep(IGrainFactory grains, TimeProvider time, ILogger<RecordSweep> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return; // The next start sweeps.
        }
    }

    private async Task SweepAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var key in ICommandRecordsGrain.Keys)
            {
                await grains.GetGrain<ICommandRecordsGrain>(key).Sweep().WaitAsync(stoppingToken);
            }
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            LogNotSwept(logger, e.GetBaseException().Message);
        }
    }

    [LoggerMessage(EventId = 642, Level = LogLevel.Warning, Message = "Ended records of idempotency keys were not removed ({Reason}); tried again in an hour")]
    private static partial void LogNotSwept(ILogger logger, string reason);
}
