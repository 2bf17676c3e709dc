using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BtcAgent.Silo.Health;

/// <summary>Runs the health checks every few seconds, so that problems are logged even without probes.</summary>
internal sealed class HealthPolling(HealthCheckService checks, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await checks.CheckHealthAsync(stoppingToken);
        }
    }
}
