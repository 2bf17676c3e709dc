using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BtcAgent.Testing;

/// <summary>
/// A private MinIO server on 127.0.0.1, started at first use by the <c>minio/start</c> of the tools folder, removed with its
/// data when disposed.
/// </summary>
public sealed class MinioServer : IAsyncDisposable
{
    public const string AccessKey = "btcagent";
    public const string SecretKey = "btcagent-secret";

    /// <summary>Another process may take the free port before the server does.</summary>
    private const int StartsMax = 5;

    private readonly SemaphoreSlim gate = new(1, 1);
    private DirectoryInfo? folder;
    private bool isRunning;
    private int buckets;

    /// <summary>Port of the server, unchanged by a restart; 0 before the first start.</summary>
    public int Port { get; private set; }

    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    /// <summary>Name of a new, empty bucket. Starts the server as needed.</summary>
    public async Task<string> NewBucketAsync()
    {
        await StartAsync();
        var name = string.Create(CultureInfo.InvariantCulture, $"bucket{Interlocked.Increment(ref buckets)}");
        Directory.CreateDirectory(Path.Combine(folder!.FullName, "objects", name));
        return name;
    }

    /// <summary>Returns when the server answers. Skips the test with a reason if its script is missing.</summary>
    public async Task StartAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (isRunning)
            {
                return;
            }

            var script = ToolScript.Find("minio", "start");
            folder ??= Directory.CreateTempSubdirectory("btcagent-minio-");
            for (var start = 1; !isRunning; start++)
            {
                Port = Port == 0 || start > 1 ? FreePort() : Port;
                try
                {
                    await ToolScript.RunAsync(script, folder.FullName, Port.ToString(CultureInfo.InvariantCulture), AccessKey, SecretKey);
                    isRunning = true;
                }
                catch (InvalidOperationException) when (start < StartsMax)
                {
                    // The next attempt uses another port.
                    continue;
                }
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Kills the server, like a crash.</summary>
    public async Task StopAsync()
    {
        if (isRunning)
        {
            isRunning = false;
            await ToolScript.RunAsync(ToolScript.Find("minio", "stop"), folder!.FullName, "now");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder?.Delete(recursive: true);
        gate.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
