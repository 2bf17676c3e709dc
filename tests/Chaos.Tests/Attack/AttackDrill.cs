using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace BtcAgent.Chaos.Tests.Attack;

/// <summary>
/// Attacks an agent from its own address, which is the worst place for limits by address, while the key's holder halts
/// and resumes it over fresh connections, and checks that it keeps trading.
/// </summary>
internal sealed class AttackDrill(AttackOptions options, Action<string> report)
{
    private const int RefusedEventId = 610;
    private const int Dripping = 1_500;
    private const int QuietHalts = 5;
    private const double HaltMsMax = 1_000;

    private static readonly TimeSpan WarmUpMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly ConcurrentBag<(string Kind, DateTimeOffset At)> _told = [];
    private readonly ConcurrentBag<double> _haltMs = [];
    private readonly SortedSet<long> _decidedAtMs = [];
    private int _haltsFailed;
    private int _logLines;
    private int _gatewayLines;
    private long _memoryMiB;

    public async Task<AttackResult> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("btcagent-attack-");
        var port = ChaosDrill.FreePort();
        using var agent = AgentProcess.Start(port, Arguments(port, folder.FullName), []);
        agent.Wrote += Read;
        await agent.WaitUntilAsync("/health/ready", cancellationToken);
        var key = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "operator.key"), cancellationToken);
        agent.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        await WaitForAFillAsync(agent, cancellationToken);
        var quiet = 0.0;
        for (var i = 0; i < QuietHalts; i++)
        {
            quiet = Math.Max(quiet, await HaltOnceAsync(agent, key));
        }

        var fillsBefore = await FillsAsync(agent, cancellationToken) ?? 0;
        var ports = ListeningPorts.Of(agent.ProcessId);
        report($"the agent trades; ports {string.Join(", ", ports)}; attacking for {options.Duration}");

        using var attackers = new Attackers(agent.Http.BaseAddress!, key);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        AttackRun[] attacks =
        [
            .. attackers.All(),
            new(new AttackTally("dripping"), (tally, stop) => RawAttackers.DripAsync(tally, port, Dripping, stop)),
            new(new AttackTally("junk"), (tally, stop) => RawAttackers.JunkAsync(tally, ports, seed: 1, stop)),
        ];
        Task[] running = [.. attacks.Select(attack => Task.Run(() => attack.Run(attack.Tally, over.Token), cancellationToken))];
        var started = _time.GetTimestamp();
        await Task.WhenAll(EndAsync(agent, fillsBefore, over), WatchAsync(agent, over.Token), HaltAsync(agent, key, over.Token));
        await Task.WhenAll(running);
        var minutes = _time.GetElapsedTime(started).TotalMinutes;
        var fills = (await FillsAsync(agent, cancellationToken) ?? 0) - fillsBefore;
        await agent.StopAsync(cancellationToken);
        folder.Delete(recursive: true);
        return Result(minutes, quiet, fills, ports, [.. attacks.Select(a => a.Tally)]);
    }

    private static string[] Arguments(int port, string folder) =>
    [
        "--port", $"{port}", "--data", folder,
        .. new Dictionary<string, string>
        {
            // The sign of the last bar: trades within seconds, and repeatedly.
            ["Agent:Strategies:0:Model"] = "ema-cross",
            ["Agent:Strategies:0:Parameters:fast"] = "1",
            ["Agent:Strategies:0:Parameters:slow"] = "2",
            ["Agent:Signals:MinConfidence"] = "0",
            ["Agent:Signals:CoolDownMs"] = "0",
            ["Agent:Limits:CoolDownMs"] = "0",
            ["StarterModel:Enabled"] = "false",
        }.SelectMany(setting => new[] { "--set", $"{setting.Key}={setting.Value}" }),
    ];

    private static async Task<int?> FillsAsync(AgentProcess agent, CancellationToken cancellationToken) =>
        await agent.AskAsync("/api/v1/portfolios/main", cancellationToken) is { } view
            ? view.GetProperty("portfolio").GetProperty("fillCount").GetInt32()
            : null;

    private async Task WaitForAFillAsync(AgentProcess agent, CancellationToken cancellationToken)
    {
        var waiting = _time.GetTimestamp();
        while (await FillsAsync(agent, cancellationToken) is null or 0)
        {
            if (_time.GetElapsedTime(waiting) > WarmUpMax)
            {
                throw new InvalidOperationException($"nothing was traded within {WarmUpMax}:\n{agent.Tail}");
            }

            await Task.Delay(LookEvery, _time, cancellationToken);
        }
    }

    /// <summary>Ends after its duration, but not before a trade under attack, which a few seconds may not contain.</summary>
    private async Task EndAsync(AgentProcess agent, int fillsBefore, CancellationTokenSource over)
    {
        var began = _time.GetTimestamp();
        await Task.Delay(options.Duration, _time, over.Token);
        while (await FillsAsync(agent, over.Token) is not { } fills || fills == fillsBefore)
        {
            if (_time.GetElapsedTime(began) > options.Duration + WarmUpMax)
            {
                break;
            }

            await Task.Delay(LookEvery, _time, over.Token);
        }

        await over.CancelAsync();
    }

    /// <summary>Records every decision by its event time, so that a late poll neither hides nor creates a gap.</summary>
    private async Task WatchAsync(AgentProcess agent, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                if (await agent.AskAsync("/api/v1/decisions?limit=200", stop) is { } decisions)
                {
                    foreach (var decision in decisions.EnumerateArray())
                    {
                        _decidedAtMs.Add(decision.GetProperty("sample").GetProperty("eventTime").GetDateTimeOffset().ToUnixTimeMilliseconds());
                    }
                }

                _memoryMiB = Math.Max(_memoryMiB, agent.MemoryMiB);
                await Task.Delay(LookEvery, _time, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The drill is over.
        }
    }

    /// <summary>Acts like a person in a hurry: a new connection for each request.</summary>
    private async Task HaltAsync(AgentProcess agent, string key, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.HaltEvery, _time, stop);
                _haltMs.Add(await HaltOnceAsync(agent, key));
            }
        }
        catch (OperationCanceledException)
        {
            // The drill is over.
        }
    }

    /// <returns>Milliseconds from a fresh connection to the answer with the halt in force.</returns>
    private async Task<double> HaltOnceAsync(AgentProcess agent, string key)
    {
        var began = _time.GetTimestamp();
        var mode = await CommandAsync(agent, key, "halt");
        var took = _time.GetElapsedTime(began).TotalMilliseconds;
        if (mode != "halted")
        {
            _haltsFailed++;
            report($"halt after {took:F0} ms: {mode}");
        }

        await Task.Delay(Pause, _time, CancellationToken.None);
        if (await CommandAsync(agent, key, "resume") is not "active" and var resumed)
        {
            report($"resume: {resumed}");
        }

        return took;
    }

    /// <returns>The breaker's mode, or the error.</returns>
    private static async Task<string?> CommandAsync(AgentProcess agent, string key, string command)
    {
        using var http = new HttpClient { BaseAddress = agent.Http.BaseAddress, Timeout = TimeSpan.FromSeconds(10) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        try
        {
            using var answer = await http.PostAsJsonAsync($"/api/v1/control/{command}", new { reason = "attack drill" }, CancellationToken.None);
            var status = await answer.Content.ReadFromJsonAsync<JsonElement>(CancellationToken.None);
            return answer.IsSuccessStatusCode
                ? status.GetProperty("breakers").GetProperty("main").GetProperty("mode").GetString()
                : $"{(int)answer.StatusCode} {status}";
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or TaskCanceledException)
        {
            return e.Message;
        }
    }

    private void Read(string line)
    {
        Interlocked.Increment(ref _logLines);
        if (!line.StartsWith('{'))
        {
            return;
        }

        using var entry = JsonDocument.Parse(line);
        if (entry.RootElement.GetProperty("EventId").GetInt32() == RefusedEventId)
        {
            // The logger's count of suppressed lines has no kind.
            if (entry.RootElement.GetProperty("State").TryGetProperty("Kind", out var kind))
            {
                _told.Add((kind.ToString(), entry.RootElement.GetProperty("Timestamp").GetDateTimeOffset()));
            }
        }
        else if (entry.RootElement.GetProperty("Category").GetString() is { } category
            && (category.StartsWith("BtcAgent.Client", StringComparison.Ordinal) || category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)))
        {
            Interlocked.Increment(ref _gatewayLines);
            report($"another line of the gateway: {line}");
        }
    }

    private AttackResult Result(double minutes, double quietHaltMs, int fills, IReadOnlyList<int> ports, IReadOnlyList<AttackTally> tallies)
    {
        var told = _told.GroupBy(t => t.Kind).ToDictionary(k => k.Key, k => k.Select(t => t.At).Order().ToArray());
        var halts = _haltMs.Order().ToArray();
        return new AttackResult
        {
            Minutes = minutes,
            Attacks = tallies.ToDictionary(t => t.Name, t => t.Answers),
            Admitted = tallies.Sum(t => t.Admitted),
            Idle = [.. tallies.Where(t => t.Tried == 0).Select(t => t.Name)],
            Decisions = _decidedAtMs.Count,
            DecisionGapMsMax = _decidedAtMs.Zip(_decidedAtMs.Skip(1), (a, b) => (double)(b - a)).DefaultIfEmpty(double.PositiveInfinity).Max(),
            Fills = fills,
            Halts = halts.Length,
            HaltsFailed = _haltsFailed,
            HaltMsP50 = halts.Length == 0 ? 0 : halts[halts.Length / 2],
            HaltMsMax = halts.DefaultIfEmpty(0).Max(),
            HaltMsLimit = Math.Max(HaltMsMax, (options.SlownessMax ?? 0) * quietHaltMs),
            QuietHaltMsMax = quietHaltMs,
            Told = told.ToDictionary(k => k.Key, k => k.Value.Length),
            ToldSecondsMin = told.Values.SelectMany(at => at.Zip(at.Skip(1), (a, b) => (double?)(b - a).TotalSeconds)).Min(),
            GatewayLines = _gatewayLines,
            LogLines = _logLines,
            MemoryMiBMax = _memoryMiB,
            Ports = ports,
        };
    }
}
