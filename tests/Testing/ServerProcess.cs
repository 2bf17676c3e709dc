using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace BtcAgent.Testing;

/// <summary>
/// A private server program on a free port of 127.0.0.1 with its data in a temporary folder, removed when disposed.
/// </summary>
/// <param name="program">Program on the path.</param>
/// <param name="package">Debian package that contains it, for the reason of a skipped test.</param>
/// <param name="arguments">Arguments for a port and a data folder.</param>
/// <param name="answers">True when the server on a port is ready; may throw until then.</param>
internal sealed class ServerProcess(
    string program, string package, Func<int, string, IEnumerable<string>> arguments, Func<int, Task<bool>> answers) : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    /// <summary>Another process may take the free port before the server does.</summary>
    private const int StartsMax = 3;

    private DirectoryInfo? folder;
    private Process? process;

    /// <summary>Port of the server, unchanged by a restart; 0 before the first start.</summary>
    public int Port { get; private set; }

    /// <summary>
    /// Returns when the server answers. Skips the test with a reason if the program is not installed; fails it if
    /// <c>BTCAGENT_REQUIRE_SERVICES</c> is 1.
    /// </summary>
    public async Task StartAsync()
    {
        var path = Find();
        folder ??= Directory.CreateTempSubdirectory($"btcagent-{program}-");
        for (var start = 1; process is null; start++)
        {
            Port = Port == 0 || start > 1 ? FreePort() : Port;
            var started = Process.Start(new ProcessStartInfo(path, arguments(Port, folder.FullName))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder.FullName,
            }) ?? throw new InvalidOperationException($"{program} was not started");
            var output = started.StandardOutput.ReadToEndAsync();
            var errors = started.StandardError.ReadToEndAsync();
            await Eventually.TrueAsync($"{program} answers", async () => started.HasExited || await AnswersAsync(), ReadyWithin);
            if (!started.HasExited)
            {
                process = started;
                continue;
            }

            var said = $"{await output}{await errors}";
            started.Dispose();
            if (start == StartsMax)
            {
                throw new InvalidOperationException($"{program} ended at its start: {said}");
            }
        }
    }

    /// <summary>Kills the server, as a crash would; its data stays.</summary>
    public async Task KillAsync()
    {
        if (process is { } running)
        {
            process = null;
            running.Kill();
            await running.WaitForExitAsync();
            running.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        folder?.Delete(recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            return await answers(Port);
        }
        catch (Exception e) when (e is SocketException or IOException or HttpRequestException)
        {
            return false; // It is still starting.
        }
    }

    private string Find()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin");
        if (path.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) is { } found)
        {
            return found;
        }

        var why = $"needs {program}: run eng/install-tools, or install the package {package}";
        if (Environment.GetEnvironmentVariable("BTCAGENT_REQUIRE_SERVICES") == "1")
        {
            Assert.Fail(why);
        }

        Assert.Skip(why);
        throw new InvalidOperationException("unreachable: Assert.Skip throws");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
