using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using BtcAgent.Silo.Settings;
using BtcAgent.Testing;

namespace BtcAgent.Silo.Tests.Roles;

/// <summary>The agent as a separate process, as other users of the machine see it.</summary>
internal sealed class AgentProgram : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly int _port = LoopbackPorts.FindFree(1)[0];

    public AgentProgram(string folder, params string[] arguments)
        : this(folder, arguments, [])
    {
    }

    /// <param name="folder">Its data folder.</param>
    /// <param name="arguments">Further arguments.</param>
    /// <param name="environment">Variables in addition to the test's.</param>
    public AgentProgram(string folder, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "BtcAgent.Silo.dll"), "--port", $"{_port}", "--data", folder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}"), Timeout = TimeSpan.FromSeconds(15) };
    }

    public HttpClient Http { get; }

    public bool HasEnded => _process.HasExited;

    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    public Task WaitUntilLiveAsync() => Eventually.TrueAsync(
        "the agent answers /health/live",
        async () =>
        {
            Assert.False(_process.HasExited, Said);
            try
            {
                return (await Http.GetAsync("/health/live")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        TimeSpan.FromSeconds(60),
        () => Said);

    /// <summary>Waits for the process to end, and for the last of its output.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitUntilEndedAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>SIGSTOP: nothing in the process runs until <see cref="Continue"/>; its children do.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>SIGCONT.</summary>
    public void Continue() => Signal("CONT");

    /// <summary>Every TCP port on which the process listens, read from Linux.</summary>
    public IPEndPoint[] Listeners()
    {
        var own = new DirectoryInfo($"/proc/{_process.Id}/fd").EnumerateFileSystemInfos()
            .Select(handle => handle.LinkTarget).Where(target => target is not null).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. new[] { "tcp", "tcp6" }.SelectMany(table => File.ReadLines($"/proc/{_process.Id}/net/{table}").Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words[3] == "0A" && own.Contains($"socket:[{words[9]}]"))
                .Select(words => new IPEndPoint(
                    IPAddress.Loopback, int.Parse(words[1][(words[1].IndexOf(':') + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture))),
        ];
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Http.Dispose();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    private void Keep(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }
    }
}
