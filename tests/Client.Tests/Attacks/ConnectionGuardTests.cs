using System.Net;
using System.Net.Sockets;
using BtcAgent.Client.Tests.Access;

namespace BtcAgent.Client.Tests.Attacks;

/// <summary>Silent connections displace each other, never the key holder's.</summary>
public sealed class ConnectionGuardTests
{
    private const int Max = 16;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Connections_MoreThanFit_TheHolderGetsInAndTheOldestIsClosed()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(("Gateway:UnprovenConnectionsMax", $"{Max}"));
        var idle = new List<TcpClient>();
        for (var i = 0; i < Max; i++)
        {
            idle.Add(await AdmittedAsync(gateway));
        }

        using var holder = gateway.NewClient(gateway.Key);
        Assert.Equal(HttpStatusCode.OK, (await holder.GetAsync("/caller", Cancelled)).StatusCode);
        Assert.Equal(0, await EndAsync(idle[0]));
        Assert.Single(gateway.Log, l => l.Contains("ConnectionFlood", StringComparison.Ordinal));
        idle.ForEach(c => c.Dispose());
    }

    [Fact]
    public async Task Connection_ThatBroughtTheKey_OutlivesAFloodOfOthers()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(("Gateway:UnprovenConnectionsMax", $"{Max}"));
        using var held = await ConnectAsync(gateway);
        var stream = held.GetStream();
        using var reader = new StreamReader(stream);
        var request = System.Text.Encoding.ASCII.GetBytes(
            $"GET /caller HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {gateway.Key}\r\n\r\n");
        await stream.WriteAsync(request, Cancelled);
        Assert.Contains("200", await reader.ReadLineAsync(Cancelled), StringComparison.Ordinal);

        var flood = new List<TcpClient>();
        for (var i = 0; i < 4 * Max; i++)
        {
            flood.Add(await AdmittedAsync(gateway));
        }

        Assert.Equal(0, await EndAsync(flood[0]));
        await stream.WriteAsync(request, Cancelled);
        string? line;
        do
        {
            line = await reader.ReadLineAsync(Cancelled);
            Assert.NotNull(line);
        }
        while (!line.Contains("HTTP/1.1 200", StringComparison.Ordinal));

        flood.ForEach(c => c.Dispose());
    }

    private static async Task<TcpClient> ConnectAsync(GatewayUnderTest gateway)
    {
        var client = new TcpClient();
        await client.ConnectAsync(gateway.Address.Host, gateway.Address.Port, Cancelled);
        return client;
    }

    /// <summary>A connection without a key that the gateway has answered: it is admitted before any that comes later.</summary>
    private static async Task<TcpClient> AdmittedAsync(GatewayUnderTest gateway)
    {
        var client = await ConnectAsync(gateway);
        var stream = client.GetStream();
        await stream.WriteAsync("HEAD /caller HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(), Cancelled);
        var head = new List<byte>();
        var next = new byte[1];
        while (!System.Text.Encoding.ASCII.GetString([.. head]).EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            Assert.Equal(1, await stream.ReadAsync(next, Cancelled));
            head.Add(next[0]);
        }

        return client;
    }

    /// <summary>Number of bytes until the other side closes; 0 also after a reset.</summary>
    private static async Task<int> EndAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], Cancelled).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
