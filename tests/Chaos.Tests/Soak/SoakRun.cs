using System.Text.Json;

namespace BtcAgent.Chaos.Tests.Soak;

/// <summary>Runs an agent at its embedded venue with open pages for hours, and records its resources once a minute.</summary>
internal sealed class SoakRun(SoakOptions options, Action<string> report)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<SoakSample> _samples = [];

    public async Task<SoakResult> RunAsync(CancellationToken cancellationToken)
    {
        var temporary = options.DataFolder is null ? Directory.CreateTempSubdirectory("btcagent-soak-") : null;
        var folder = options.DataFolder ?? temporary!.FullName;
        var port = ChaosDrill.FreePort();
        using var agent = AgentProcess.Start(port, ["--port", $"{port}", "--data", folder, "--seed", "1", "--set", "Logging:LogLevel:Default=Warning"], []);
        try
        {
            await agent.WaitUntilAsync("/health/ready", cancellationToken);
            return await WatchAsync(agent, folder, cancellationToken);
        }
        finally
        {
            await agent.StopAsync(CancellationToken.None);
            temporary?.Delete(recursive: true);
        }
    }

    private async Task<SoakResult> WatchAsync(AgentProcess agent, string folder, CancellationToken cancellationToken)
    {
        var key = (await File.ReadAllTextAsync(Path.Combine(folder, "operator.key"), cancellationToken)).Trim();
        agent.Http.DefaultRequestHeaders.Add("X-Operator-Key", key);
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pages = Enumerable.Range(0, options.Pages).Select(_ => new ConsolePage(agent.Http.BaseAddress!, key)).ToList();
        var open = pages.Select(page => page.RunAsync(closed.Token)).ToList();
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(Math.Min(1, options.Minutes / 20)));
        try
        {
            while (TimeProvider.System.GetElapsedTime(started).TotalMinutes < options.Minutes && await timer.WaitForNextTickAsync(cancellationToken))
            {
                await MemoryProbe.CollectAsync(agent.Id, cancellationToken);
                var metrics = await agent.ReadAsync("/metrics", cancellationToken);
                if (agent.HasExited || metrics.Length == 0)
                {
                    throw new InvalidOperationException($"the agent does not answer any more:\n{agent.Tail}");
                }

                await KeepAsync(MemoryProbe.Read(agent.Id, metrics, TimeProvider.System.GetElapsedTime(started).TotalMinutes, pages), cancellationToken);
            }
        }
        finally
        {
            await closed.CancelAsync();
            await Task.WhenAll(open);
            pages.ForEach(page => page.Dispose());
        }

        return SoakResult.Of(options.Pages, options.Minutes, _samples);
    }

    private async Task KeepAsync(SoakSample sample, CancellationToken cancellationToken)
    {
        _samples.Add(sample);
        report($"{sample.Minute:F1} min: heap {sample.HeapMiB:F1} MiB, resident {sample.ResidentMiB:F0} MiB, {sample.Threads} threads, {sample.Handles} handles, {sample.Answers} answers");
        if (options.JsonFile is { } file)
        {
            var text = JsonSerializer.Serialize(SoakResult.Of(options.Pages, options.Minutes, _samples), Json);
            await File.WriteAllTextAsync($"{file}.new", text, cancellationToken);
            File.Move($"{file}.new", file, overwrite: true);
        }
    }
}
