using BtcAgent.Contracts.Facts;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BtcAgent.Silo.Health;

/// <summary>Ready when every sink of this process stores facts.</summary>
internal sealed class SinksHealth(IHistory history) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var sinks = history.Status.Sinks;
        if (sinks.Count == 0)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy(
                "no sink is configured: set History:Timescale:ConnectionString, History:Redis:Connection or History:Parquet:Store:Path"));
        }

        var problems = sinks.Where(sink => sink.Problem is not null).Select(sink => $"{sink.Name}: {sink.Problem}").ToList();
        return Task.FromResult(problems.Count == 0
            ? HealthCheckResult.Healthy($"{sinks.Count} sinks")
            : new HealthCheckResult(context.Registration.FailureStatus, string.Join("; ", problems)));
    }
}
