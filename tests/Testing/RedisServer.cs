using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace BtcAgent.Testing;

/// <summary>
/// A private Redis server on 127.0.0.1 that writes each command to its file, removed with its data when disposed. Commands
/// survive a killed server, but not a power failure.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly ServerProcess server;

    /// <param name="settings">Further arguments, such as <c>--requirepass secret</c>.</param>
    public RedisServer(params string[] settings) =>
        server = new ServerProcess("redis-server", "redis-server", (port, folder) => Arguments(port, folder, settings), AnswersAsync);

    /// <summary><c>host:port</c>.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{server.Port}");

    /// <summary>Port of the server, unchanged by a restart; 0 before the first start.</summary>
    public int Port => server.Port;

    /// <summary>Returns when the server answers. Skips the test with a reason if it is not installed.</summary>
    public Task StartAsync() => server.StartAsync();

    /// <summary>Kills the server, as a crash would.</summary>
    public Task KillAsync() => server.KillAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static IEnumerable<string> Arguments(int port, string folder, string[] settings) =>
    [
        "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder, "--save", "",
        "--appendonly", "yes", "--appendfsync", "no", .. settings,
    ];

    private static async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        await using var stream = client.GetStream();
        await stream.WriteAsync("PING\r\n"u8.ToArray());
        var answer = new byte[256];
        var read = await stream.ReadAsync(answer);
        return Encoding.ASCII.GetString(answer, 0, read) is var text
            && (text.StartsWith("+PONG", StringComparison.Ordinal) || text.StartsWith("-NOAUTH", StringComparison.Ordinal));
    }
}
