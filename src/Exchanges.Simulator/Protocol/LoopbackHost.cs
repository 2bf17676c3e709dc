using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BtcAgent.Exchanges.Simulator.Protocol;

/// <summary>The web server of a simulated service: on 127.0.0.1 only, whatever the environment says, with bounds.</summary>
internal static class LoopbackHost
{
    /// <summary>Largest request body; a request takes a few hundred bytes.</summary>
    private const int BodyBytesMax = 64 * 1024;

    /// <summary>Time until connections that are still open are cut.</summary>
    private static readonly TimeSpan ShutdownMax = TimeSpan.FromSeconds(1);

    /// <param name="loggers">Receive what the server logs.</param>
    /// <param name="port">Port; 0 for a free one.</param>
    /// <param name="connectionsMax">Most connections: a client must not exhaust the file handles of the process.</param>
    public static WebApplicationBuilder CreateBuilder(ILoggerFactory loggers, int port, int connectionsMax)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear(); // The environment could add an endpoint for everybody.
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownMax);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.Limits.MaxConcurrentConnections = connectionsMax;
            kestrel.Limits.MaxConcurrentUpgradedConnections = connectionsMax;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
        });
        return builder;
    }

    /// <summary>Where a server listens; empty before it is started.</summary>
    public static IEnumerable<string> AddressesOf(WebApplication? app) =>
        app?.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
}
