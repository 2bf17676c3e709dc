using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace BtcAgent.Silo.Hosting;

/// <summary>Probes: first of all in the pipeline, open to anyone who reaches the port, and saying no more than a word.</summary>
internal static class HealthEndpoints
{
    public static void UseHealthEndpoints(this WebApplication app)
    {
        app.UseHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.UseHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains(MarketDataHealth.Tag) });
    }
}
