using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace BtcAgent.Silo.Tests.Cluster.Tls;

/// <summary>A plain socket without Orleans, to send what a regular peer would never send.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly TcpClient _tcp = new(AddressFamily.InterNetwork);

    public string Address => _tcp.Client.LocalEndPoint!.ToString()!;

    public NetworkStream Stream => _tcp.GetStream();

    public static async Task<RawPeer> ConnectAsync(IPEndPoint listener)
    {
        var peer = new RawPeer();
        await peer._tcp.ConnectAsync(listener, TestContext.Current.CancellationToken);
        return peer;
    }

    /// <summary>Sends the certificate, if any, and trusts every server; returns the stream after the handshake.</summary>
    public async Task<SslStream> AuthenticateAsync(X509Certificate2? certificate)
    {
        var tls = new SslStream(Stream);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                ClientCertificates = certificate is null ? null : [certificate],
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            },
            TestContext.Current.CancellationToken);
        return tls;
    }

    /// <summary>Reads until the other side closes; fails after ten seconds.</summary>
    public static async Task ReadToEndAsync(Stream stream)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var buffer = new byte[1_024];
        try
        {
            while (await stream.ReadAsync(buffer, timeout.Token) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset or an alert counts as a close.
            return;
        }
    }

    public void Dispose() => _tcp.Dispose();
}
