using BtcAgent.Client.Access;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BtcAgent.Silo.Health;

/// <summary>
/// Health probes: first in the pipeline, open to everyone who reaches the port, and answering with one word. The checks run at
/// most once a second.
/// </summary>
internal static class HealthEndpoints
{
    private const string LivePath = "/health/live";
    private const string ReadyPath = "/health/ready";

    /// <summary>For the list of routes: these are not endpoints of the router, which comes later.</summary>
    public static IReadOnlyList<RouteEntry> Routes { get; } =
        [new(HttpMethods.Get, LivePath, RouteRule.Anyone()), new(HttpMethods.Get, ReadyPath, RouteRule.Anyone())];

    public static void UseHealthEndpoints(this WebApplication app)
    {
        var ready = new RecentHealth(app.Services.GetRequiredService<HealthCheckService>(), app.Services.GetRequiredService<TimeProvider>());
        app.Use(async (context, next) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            if (context.Request.Path == LivePath)
            {
                await context.Response.WriteAsync(nameof(HealthStatus.Healthy), context.RequestAborted);
            }
            else if (context.Request.Path == ReadyPath)
            {
                var status = await ready.ReadAsync();
                context.Response.StatusCode = status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
                await context.Response.WriteAsync(status.ToString(), context.RequestAborted);
            }
            else
            {
                await next();
            }
        });
    }
}
