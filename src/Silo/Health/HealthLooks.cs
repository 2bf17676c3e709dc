using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BtcAgent.Silo.Health;

/// <summary>Looks at the health checks every few seconds, so that what ails is logged also where no probe asks.</summary>
internal sealed class HealthLooks(HealthCheckService checks, TimeProvider time) : BackgroundService
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
