using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BtcAgent.Silo.Health;

/// <summary>Ready only while the data folder is writable.</summary>
internal sealed class EmbeddedStoreHealth(StoreWatch store) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(store.Problem is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy());
}
