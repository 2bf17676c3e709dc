using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BtcAgent.Testing;

/// <summary>
/// A private Ceph object gateway on 127.0.0.1 with its storage in memory, started at first use by <c>eng/ceph-start</c> in
/// about 12 s, removed when disposed.
/// </summary>
public sealed class CephServer : IAsyncDisposable
{
    public const string AccessKey = "btcagent";
    public const string SecretKey = "btcagent-secret";

    private const int StartsMax = 3;

    private readonly SemaphoreSlim gate = new(1, 1);
    private DirectoryInfo? folder;

    /// <summary>Address of the gateway; wrong before the first start.</summary>
    public string Endpoint { get; private set; } = "";

    /// <summary>Returns when the gateway answers. Skips the test with a reason if Ceph is not installed.</summary>
    public async Task StartAsync()
    {
        await gate.WaitAsync();
        try
        {
            for (var start = 1; folder is null; start++)
            {
                if (!File.Exists("/usr/bin/radosgw"))
                {
                    ToolScript.Missing("needs Ceph's object gateway: run eng/install-tools");
                }

                var (port, monitor) = (FreePort(), FreePort());
                var found = Directory.CreateTempSubdirectory("btcagent-ceph-");
                try
                {
                    await ToolScript.RunAsync(
                        ToolScript.Eng("ceph-start"), found.FullName, Text(port), Text(monitor), AccessKey, SecretKey);
                    Endpoint = $"http://127.0.0.1:{Text(port)}";
                    folder = found;
                }
                catch (InvalidOperationException) when (start < StartsMax)
                {
                    // Another process took a port: the next attempt uses others.
                    found.Delete(recursive: true);
                }
            }
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (folder is not null)
        {
            await ToolScript.RunAsync(ToolScript.Eng("ceph-stop"), folder.FullName);
            folder.Delete(recursive: true);
        }

        gate.Dispose();
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
