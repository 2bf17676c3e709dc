using System.Net;
using BtcAgent.Client.Access;
using BtcAgent.Client.Attacks;
using BtcAgent.Client.Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace BtcAgent.Client;

/// <summary>Limits of the web server in every role.</summary>
public static class GatewayServer
{
    /// <summary>Largest request body, in bytes, of an endpoint without its own limit; a command has a few hundred.</summary>
    public const int BodyBytesMax = 64 * 1024;

    /// <summary>
    /// Log category of refused requests. It limits its lines by kind of attack, so the general limit on repeated lines must not
    /// apply: it could hide a kind.
    /// </summary>
    public static readonly string AttackCategory = typeof(AttackLog).FullName!;

    private const int HeaderBytesMax = 16 * 1024;
    private const int HeadersMax = 64;
    private const int LineBytesMax = 4 * 1024;

    /// <summary>Minimum rate of a body in bytes a second, after <see cref="Grace"/>.</summary>
    private const double BodyBytesPerSecondMin = 500;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HeadersTimeMax = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleMax = TimeSpan.FromSeconds(60);

    /// <summary>Sets the ports. After <see cref="UseGatewayServer"/>, whose limits apply to ports that are set later.</summary>
    /// <param name="host">The web host.</param>
    /// <param name="listen">IP address to listen on.</param>
    /// <param name="port">Port of HTTP; 0 for any free one.</param>
    /// <param name="hasGrpcPort">True to serve gRPC alone on <see cref="GatewayOptions.GrpcPort"/> too.</param>
    /// <param name="hasTls">True to serve all ports with the <see cref="GatewayCertificate"/>.</param>
    public static IWebHostBuilder UseGatewayPorts(this IWebHostBuilder host, string listen, int port, bool hasGrpcPort, bool hasTls = false)
    {
        if (!hasGrpcPort && !hasTls)
        {
            return host.UseUrls($"http://{listen}:{port}");
        }

        return host.ConfigureKestrel(server =>
        {
            var address = IPAddress.Parse(listen);
            server.Listen(address, port, http => Secure(http, hasTls));
            if (hasGrpcPort)
            {
                server.Listen(address, server.ApplicationServices.GetRequiredService<IOptions<GatewayOptions>>().Value.GrpcPort ?? 0, grpc =>
                {
                    grpc.Protocols = HttpProtocols.Http2;
                    Secure(grpc, hasTls);
                });
            }
        });
    }

    private static void Secure(ListenOptions listen, bool hasTls)
    {
        if (hasTls)
        {
            var certificate = listen.ApplicationServices.GetRequiredService<GatewayCertificate>();
            listen.UseHttps(https => https.ServerCertificateSelector = (_, _) => certificate.Current);
        }
    }

    /// <summary>Sets sizes, times and the bound on connections; needs <see cref="GatewayAccess.AddGatewayAccess"/>.</summary>
    public static IWebHostBuilder UseGatewayServer(this IWebHostBuilder host) => host.ConfigureKestrel(server =>
    {
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = BodyBytesMax;
        server.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        server.Limits.MaxRequestHeaderCount = HeadersMax;
        server.Limits.MaxRequestLineSize = LineBytesMax;
        server.Limits.MinRequestBodyDataRate = new MinDataRate(BodyBytesPerSecondMin, Grace);
        server.Limits.RequestHeadersTimeout = HeadersTimeMax;
        server.Limits.KeepAliveTimeout = IdleMax;
        var services = server.ApplicationServices;
        var guard = new ConnectionGuard(
            services.GetRequiredService<IOptions<GatewayOptions>>().Value.UnprovenConnectionsMax,
            services.GetRequiredService<AttackLog>());
        server.ConfigureEndpointDefaults(listen => listen.Use(next => connection => guard.RunAsync(connection, next)));
    });
}
