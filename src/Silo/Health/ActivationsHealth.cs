using BtcAgent.Grains.Activations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BtcAgent.Silo.Health;

/// <summary>Not ready while a grain of this process is stalled by failed activations.</summary>
internal sealed class ActivationsHealth(ActivationFailures failures) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var stopped = failures.Stopped;
        return Task.FromResult(stopped.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(string.Join("; ", stopped.Select(grain => $"{grain.Key} {grain.Value}"))));
    }
}
