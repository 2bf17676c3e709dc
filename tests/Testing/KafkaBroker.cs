using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BtcAgent.Testing;

/// <summary>
/// A private Kafka broker on 127.0.0.1, started at first use by the <c>kafka/start</c> of the tools folder, removed with its
/// data when disposed.
/// </summary>
public sealed class KafkaBroker : IAsyncDisposable
{
    /// <summary>Another process may take the free ports before the broker does.</summary>
    private const int StartsMax = 5;

    private readonly SemaphoreSlim gate = new(1, 1);
    private DirectoryInfo? folder;
    private bool isRunning;

    /// <summary>Further settings of the broker, <c>name=value</c>, for its port; those given last win.</summary>
    public Func<int, IEnumerable<string>> Settings { get; init; } = _ => [];

    /// <summary>Port of the broker, unchanged by a restart; 0 before the first start.</summary>
    public int Port { get; private set; }

    /// <summary><c>host:port</c>.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Returns when the broker answers. Skips the test with a reason if its script or Java is missing.</summary>
    public async Task StartAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (isRunning)
            {
                return;
            }

            var script = ToolScript.Find("kafka", "start");
            folder ??= Directory.CreateTempSubdirectory("btcagent-kafka-");
            for (var start = 1; !isRunning; start++)
            {
                Port = Port == 0 || start > 1 ? FreePortPair() : Port;
                try
                {
                    await ToolScript.RunAsync(script, [folder.FullName, Port.ToString(CultureInfo.InvariantCulture), .. Settings(Port)]);
                    isRunning = true;
                }
                catch (InvalidOperationException) when (start < StartsMax)
                {
                    // The next attempt uses other ports.
                    continue;
                }
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <param name="immediate">True kills the process, like a crash.</param>
    public async Task StopAsync(bool immediate = false)
    {
        if (isRunning)
        {
            isRunning = false;
            await ToolScript.RunAsync(ToolScript.Find("kafka", "stop"), immediate ? [folder!.FullName, "now"] : [folder!.FullName]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(immediate: true);
        folder?.Delete(recursive: true);
        gate.Dispose();
    }

    private static int FreePortPair()
    {
        for (var tries = 0; ; tries++)
        {
            using var first = new TcpListener(IPAddress.Loopback, 0);
            first.Start();
            var port = ((IPEndPoint)first.LocalEndpoint).Port;
            try
            {
                using var second = new TcpListener(IPAddress.Loopback, port + 1);
                second.Start();
                return port;
            }
            catch (SocketException) when (tries < 100)
            {
                continue;
            }
        }
    }
}
