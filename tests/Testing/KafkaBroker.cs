using System.Diagnostics;
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
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(90);

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

            var script = Tool("start");
            folder ??= Directory.CreateTempSubdirectory("btcagent-kafka-");
            for (var start = 1; !isRunning; start++)
            {
                Port = Port == 0 || start > 1 ? FreePortPair() : Port;
                try
                {
                    await RunAsync(script, [folder.FullName, Port.ToString(CultureInfo.InvariantCulture), .. Settings(Port)]);
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
            await RunAsync(Tool("stop"), immediate ? [folder!.FullName, "now"] : [folder!.FullName]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(immediate: true);
        folder?.Delete(recursive: true);
        gate.Dispose();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", "exec \"$@\" </dev/null 2>&1 | cat", "bash", program, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} was not started");
        using var limit = new CancellationTokenSource(CommandTimeout);
        var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        if (output.Contains("start:", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{program}: {output}");
        }
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

    private static string Tool(string name)
    {
        var root = Environment.GetEnvironmentVariable("BTCAGENT_TOOLS");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); string.IsNullOrEmpty(root) && at is not null; at = at.Parent)
        {
            root = File.Exists(Path.Combine(at.FullName, "BtcAgent.sln")) ? Path.Combine(at.FullName, "..", "shared", "tools") : null;
        }

        var script = Path.Combine(root ?? "", "kafka", name);
        if (File.Exists(script))
        {
            return script;
        }

        const string Why = "needs a Kafka broker: set BTCAGENT_TOOLS to a folder with kafka/start DIR PORT and kafka/stop DIR [now]";
        if (Environment.GetEnvironmentVariable("BTCAGENT_REQUIRE_SERVICES") == "1")
        {
            Assert.Fail(Why);
        }

        Assert.Skip(Why);
        throw new InvalidOperationException("unreachable: Assert.Skip throws");
    }
}
