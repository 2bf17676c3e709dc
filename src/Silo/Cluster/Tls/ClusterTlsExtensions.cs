using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace BtcAgent.Silo.Cluster.Tls;

/// <summary>
/// Mutual TLS for Orleans' connections, by Microsoft.Orleans.Connections.Security. Does nothing while
/// <see cref="ClusterTlsOptions.IsOn"/> is false. Once on, plain peers are refused, so all silos and clients of a cluster must
/// switch together.
/// </summary>
public static class ClusterTlsExtensions
{
    /// <summary>Covers silo to silo in both directions and clients at the gateway.</summary>
    /// <exception cref="OptionsValidationException">The settings or files are unusable; the message gives the remedy.</exception>
    public static ISiloBuilder AddClusterTls(this ISiloBuilder silo, ClusterTlsOptions options)
    {
        if (Read(options) is { } certificates)
        {
            silo.Configure<SiloConnectionOptions>(connections =>
            {
                connections.ConfigureSiloInboundConnection(c => c.UseTls(certificates, options, TlsRole.Accepting));
                connections.ConfigureSiloOutboundConnection(c => c.UseTls(certificates, options, TlsRole.Connecting));
                connections.ConfigureGatewayInboundConnection(c => c.UseTls(certificates, options, TlsRole.Accepting));
            });
        }

        return silo;
    }

    /// <summary>Covers the client's connections to gateways.</summary>
    /// <inheritdoc cref="AddClusterTls(ISiloBuilder, ClusterTlsOptions)" path="/exception"/>
    public static IClientBuilder AddClusterTls(this IClientBuilder client, ClusterTlsOptions options)
    {
        if (Read(options) is { } certificates)
        {
            client.Configure<ClientConnectionOptions>(connections =>
                connections.ConfigureConnection(c => c.UseTls(certificates, options, TlsRole.Connecting)));
        }

        return client;
    }

    /// <summary>
    /// Returns null while TLS is off. Reads the files now, so that a faulty file fails the start instead of the first connection.
    /// </summary>
    private static ClusterCertificates? Read(ClusterTlsOptions options)
    {
        var validated = new ClusterTlsOptionsValidator().Validate(name: null, options);
        if (validated.Failed)
        {
            throw new OptionsValidationException(
                ClusterTlsOptions.Section, typeof(ClusterTlsOptions), validated.Failures);
        }

        try
        {
            return options.IsOn ? new ClusterCertificates(options) : null;
        }
        catch (ClusterCertificateException e)
        {
            throw new OptionsValidationException(ClusterTlsOptions.Section, typeof(ClusterTlsOptions), [e.Message]);
        }
    }

    private static void UseTls(
        this IConnectionBuilder connection, ClusterCertificates certificates, ClusterTlsOptions options, TlsRole end)
    {
        var services = connection.ApplicationServices;
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var logger = services.GetRequiredService<ILogger<HandshakeLog>>();
        connection.UseMiddleware(new HandshakeWatch(options, end, time, new HandshakeLog(options, time, logger)));
        var tls = new ClusterHandshake(certificates, options, logger).ToOrleans();
        if (end == TlsRole.Accepting)
        {
            connection.UseServerTls(tls);
        }
        else
        {
            connection.UseClientTls(tls);
        }

        connection.Use(next => context => HandshakeWatch.Done(context, next));
    }
}
