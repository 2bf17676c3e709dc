using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BtcAgent.Silo.Health;

/// <summary>
/// Probes: first of all in the pipeline, open to anyone who reaches the port, and saying no more than a word. However
/// often they are asked, the checks run once a second.
/// </summary>
internal static class HealthEndpoints
{
    public static void UseHealthEndpoints(this WebApplication app)
    {
        var ready = new RecentHealth(app.Services.GetRequiredService<HealthCheckService>(), app.Services.GetRequiredService<TimeProvider>());
        app.Use(async (context, next) =>
        {
            context.Response.Headers.CacheControl = "no-store";
            if (context.Request.Path == "/health/live")
            {
                await context.Response.WriteAsync(nameof(HealthStatus.Healthy), context.RequestAborted);
            }
            else if (context.Request.Path == "/health/ready")
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
