using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using BtcAgent.Chaos.Tests.Cluster;

namespace BtcAgent.Chaos.Tests;

/// <summary>The agent as a separate process that trades at a venue in the test's process.</summary>
internal sealed class AgentProcess : IDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private static readonly string ThisBuild = Environment.GetEnvironmentVariable("BTCAGENT_PUBLISHED_SILO") is { Length: > 0 } published
        ? published : Path.Combine(AppContext.BaseDirectory, "BtcAgent.Silo.dll");

    private readonly Process _process;
    private readonly StringBuilder _tail = new();
    private readonly string? _log;
    private readonly Lock _signals = new();
    private volatile bool _isDisposed;

    private AgentProcess(Process process, HttpClient http, long startedAt)
    {
        // BTCAGENT_DRILL_LOGS=FOLDER keeps the output of all processes.
        _log = Environment.GetEnvironmentVariable("BTCAGENT_DRILL_LOGS") is { Length: > 0 } folder
            ? Path.Combine(folder, $"{process.Id}.log") : null;
        _process = process;
        Http = http;
        StartedAt = startedAt;
    }

    /// <summary>Receives each output line.</summary>
    public event Action<string>? Wrote;

    public HttpClient Http { get; }

    public int Id => _process.Id;

    public long StartedAt { get; }

    public bool HasExited => _isDisposed || _process.HasExited;

    public int ProcessId => _process.Id;

    /// <summary>Resident memory.</summary>
    public long MemoryMiB
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64 / (1024 * 1024);
        }
    }

    /// <summary>The end of its output, for a failure message.</summary>
    public string Tail
    {
        get
        {
            lock (_tail)
            {
                return _tail.ToString();
            }
        }
    }

    /// <param name="port">Port for HTTP.</param>
    /// <param name="arguments">Arguments of the command line.</param>
    /// <param name="environment">Environment variables in addition to the test's.</param>
    /// <param name="node">Network node to run in; null for loopback.</param>
    /// <param name="build">
    /// Path of another build's <c>BtcAgent.Silo.dll</c>; null for that of <c>BTCAGENT_PUBLISHED_SILO</c>, by default this build.
    /// </param>
    public static AgentProcess Start(
        int port,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string>> environment,
        NetworkNode? node = null,
        string? build = null)
    {
        // "ip netns exec" replaces itself with the program, so the process id stays the same.
        string[] command = node is null ? ["dotnet"] : ["ip", "netns", "exec", node.Name, "dotnet"];
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command[1..].Append(build ?? ThisBuild).Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var startedAt = TimeProvider.System.GetTimestamp();
        var process = Process.Start(start)!;
        var http = new HttpClient { BaseAddress = new Uri($"http://{node?.Address.ToString() ?? "127.0.0.1"}:{port}"), Timeout = TimeSpan.FromSeconds(15) };
        var agent = new AgentProcess(process, http, startedAt);
        process.OutputDataReceived += (_, line) => agent.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => agent.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return agent;
    }

    /// <summary>Waits until its orders agree with the venue; returns false when it was killed before.</summary>
    public async Task<bool> WaitUntilAgreesAsync(string folder, CancellationToken cancellationToken)
    {
        while (!HasExited)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await GetAsync(folder, "/api/v1/executions", cancellationToken) is { } executions
                && executions.EnumerateObject().All(e => !e.Value.GetProperty("isReconciling").GetBoolean()))
            {
                return true;
            }

            if (TimeProvider.System.GetElapsedTime(StartedAt) > StartMax)
            {
                throw new InvalidOperationException($"the agent did not agree with the venue within {StartMax}:\n{Tail}");
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }

        return false;
    }

    /// <summary>Returns its answer as text; empty while it does not answer.</summary>
    public async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync(path, cancellationToken);
            return await response.Content.ReadAsStringAsync(cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return "";
        }
    }

    /// <summary>Returns its answer to the current key; null while it does not answer or refuses.</summary>
    public async Task<JsonElement?> AskAsync(string path, CancellationToken cancellationToken) =>
        await ReadAsync(path, cancellationToken) is { Length: > 0 } text && text[0] is '{' or '['
            ? JsonDocument.Parse(text).RootElement
            : null;

    /// <summary>Returns null while the agent does not answer.</summary>
    public async Task<JsonElement?> GetAsync(string folder, string path, CancellationToken cancellationToken)
    {
        try
        {
            if (!Http.DefaultRequestHeaders.Contains("X-Operator-Key"))
            {
                Http.DefaultRequestHeaders.Add("X-Operator-Key", await File.ReadAllTextAsync(Path.Combine(folder, "operator.key"), cancellationToken));
            }

            using var response = await Http.GetAsync(path, cancellationToken);
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken) : null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException
            || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null; // Not up yet, or just killed.
        }
    }

    /// <summary>SIGKILL: nothing in the process runs after it.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }

    /// <summary>SIGSTOP: nothing in the process runs until <see cref="Continue"/>.</summary>
    public void Pause() => Signal("STOP");

    /// <summary>SIGCONT.</summary>
    public void Continue() => Signal("CONT");

    /// <summary>SIGTERM; returns how long the process took to end.</summary>
    public async Task<TimeSpan> StopAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        Signal("TERM");
        await _process.WaitForExitAsync(cancellationToken);
        return TimeProvider.System.GetElapsedTime(started);
    }

    /// <summary>Waits until this path answers with success.</summary>
    public async Task WaitUntilAsync(string path, CancellationToken cancellationToken)
    {
        var waiting = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (HasExited || TimeProvider.System.GetElapsedTime(waiting) > StartMax)
            {
                throw new InvalidOperationException($"{path} did not answer within {StartMax}:\n{Tail}");
            }

            try
            {
                using var response = await Http.GetAsync(path, cancellationToken);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or IOException or System.Net.Sockets.SocketException
                || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // Not up yet.
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }
    }

    public void WaitForExit() => _process.WaitForExit();

    public void Dispose()
    {
        lock (_signals)
        {
            if (_isDisposed)
            {
                return;
            }

            Kill();
            _process.WaitForExit();
            _isDisposed = true;
            _process.Dispose();
            Http.Dispose();
        }
    }

    /// <summary>Does nothing for a process that has ended or was abandoned: another process may have its id by now.</summary>
    private void Signal(string name)
    {
        lock (_signals)
        {
            if (!HasExited)
            {
                using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
                kill.WaitForExit();
            }
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        Wrote?.Invoke(line);
        if (_log is { } file)
        {
            lock (_tail)
            {
                File.AppendAllText(file, line + "\n");
            }
        }

        lock (_tail)
        {
            _tail.AppendLine(line);
            if (_tail.Length > 40_000)
            {
                _tail.Remove(0, 20_000);
            }
        }
    }
}
