using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace BtcAgent.Client.Tests.Access;

/// <summary>The web server cuts off slow senders, by its own clock, while it serves others.</summary>
public sealed class SlowRequestTests
{
    /// <summary>Interval between two bytes of a request: far below the minimum rate, but never silent.</summary>
    private static readonly TimeSpan Drop = TimeSpan.FromMilliseconds(500);

    /// <summary>More than grace and header time: the server checks once a second, and the machine may be busy.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Request_HeadersOrBodyDripped_IsCutOffAndOthersAreServed()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        var headers = DripAsync(gateway, "GET / HTTP/1.1\r\nHost: localhost\r\nX: ");
        var body = DripAsync(
            gateway,
            $"POST /api/v1/control/resume HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {gateway.Key}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"reason\":\"");

        using (var http = gateway.NewClient(gateway.Key))
        using (var content = new StringContent("{\"reason\":\"calm\"}", Encoding.UTF8, "application/json"))
        {
            Assert.True((await http.PostAsync("/api/v1/control/resume", content, Cancelled)).IsSuccessStatusCode);
        }

        Assert.StartsWith("HTTP/1.1 408", await headers, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 408", await body, StringComparison.Ordinal);
    }

    /// <returns>The server's answer until it closed the connection.</returns>
    private static async Task<string> DripAsync(GatewayUnderTest gateway, string start)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Address.Host, gateway.Address.Port, Cancelled);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(start), Cancelled);
        var said = ReadToEndAsync(stream);
        var since = Stopwatch.StartNew();
        using var drops = new PeriodicTimer(Drop, TimeProvider.System);
        while (!said.IsCompleted)
        {
            Assert.True(since.Elapsed < Limit, $"not cut off after {Limit.TotalSeconds} s: {start}");
            try
            {
                await stream.WriteAsync("a"u8.ToArray(), Cancelled);
            }
            catch (IOException)
            {
                break; // Cut off; what was said before is read.
            }

            await drops.WaitForNextTickAsync(Cancelled);
        }

        return await said.WaitAsync(Limit, Cancelled);
    }

    private static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        var said = new StringBuilder();
        var buffer = new byte[1024];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, Cancelled)) > 0;)
            {
                said.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }
        }
        catch (IOException)
        {
            return said.ToString(); // Reset instead of closed: our own drops were still on their way.
        }

        return said.ToString();
    }
}
