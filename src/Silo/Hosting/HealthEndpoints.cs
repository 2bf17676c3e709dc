using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace BtcAgent.Silo.Hosting;

/// <summary>Probes: open to anyone on loopback, and saying no more than a word.</summary>
internal static class HealthEndpoints
{
    public static void MapHealthEndpoints(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = c => c.Tags.Contains(MarketDataHealth.Tag) })
            .AllowAnonymous();
    }
}
