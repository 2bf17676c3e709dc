using System.Diagnostics;
using System.Globalization;

namespace BtcAgent.Chaos.Tests.Optimizing;

/// <summary>
/// Runs a search once without interruption, then kills the process of the same search at seeded instants and resumes it, each time
/// with another number of jobs, and compares what both leave behind byte by byte.
/// </summary>
internal sealed class OptimizerDrill(OptimizerDrillOptions options, DirectoryInfo folder, Action<string> report)
{
    private const int Bars = 16_000;
    private const int UsageError = 2;

    private static readonly TimeSpan RunMax = TimeSpan.FromMinutes(10);

    private readonly Random _random = new(options.Seed);
    private readonly string _bars = Path.Combine(folder.FullName, "bars.csv");
    private readonly string _space = Path.Combine(folder.FullName, "space.json");
    private TimeSpan _duration;
    private int _kills;
    private int _refused;

    public async Task<OptimizerDrillResult> RunAsync(CancellationToken cancellationToken)
    {
        SeededBars.Write(_bars, Bars, options.Seed);
        await File.WriteAllTextAsync(_space, Space, cancellationToken);
        var started = TimeProvider.System.GetTimestamp();
        var whole = await StartAsync("whole", jobs: 2, TimeSpan.MaxValue, cancellationToken)
            ?? throw new InvalidOperationException("the search without interruption did not end");
        _duration = TimeProvider.System.GetElapsedTime(started);
        report(string.Create(CultureInfo.InvariantCulture, $"without interruption: {_duration.TotalSeconds:F1} s"));

        var (searches, stores, models, results) = (1, 0, 0, 0);
        for (var search = 1; _kills < options.Kills; search++)
        {
            var name = $"killed-{search}";
            var output = await SearchAsync(name, cancellationToken);
            searches++;
            stores += SameFile(StoreOf("whole"), StoreOf(name)) ? 0 : 1;
            models += SameFolder(ModelOf("whole"), ModelOf(name)) ? 0 : 1;
            results += output == whole ? 0 : 1;
            report($"{name}: {_kills} kills so far");
        }

        return new OptimizerDrillResult(
            options.Seed, _kills, searches, options.Trials, stores, models, results, _refused, Directory.Exists(ModelOf("whole")));
    }

    /// <summary>One search from its first start to its end.</summary>
    private async Task<string> SearchAsync(string name, CancellationToken cancellationToken)
    {
        for (var start = 1; ; start++)
        {
            // Up to a quarter beyond the whole run: kills also meet the judging and the writing of the model.
            var life = _kills < options.Kills ? _duration * (1.25 * _random.NextDouble()) : TimeSpan.MaxValue;
            var started = TimeProvider.System.GetTimestamp();
            if (await StartAsync(name, 1 + _random.Next(3), life, cancellationToken) is { } output)
            {
                if (start == 1 && TimeProvider.System.GetElapsedTime(started) is var whole && whole < _duration)
                {
                    _duration = whole; // The machine was busy before; instants beyond the end kill nothing.
                }

                return output;
            }
        }
    }

    /// <returns>Standard output without the names that differ by folder; null when the process was killed.</returns>
    private async Task<string?> StartAsync(string name, int jobs, TimeSpan life, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "btcagent.dll"), "optimize", "--bars", _bars, "--space", _space, "--fee-bps", "0", "--barrier-bps", "0", "--folds", "3",
                "--trials", $"{options.Trials}", "--seed", $"{options.Seed}", "--jobs", $"{jobs}", "--store", StoreOf(name), "--resume",
                "--out", ModelOf(name), "--force", "--json",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Directory.CreateDirectory(Path.Combine(folder.FullName, name)).FullName,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("btcagent was not started");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(RunMax);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        var ended = process.WaitForExitAsync(limit.Token);
        if (life < RunMax && await Task.WhenAny(ended, Task.Delay(life, limit.Token)) != ended)
        {
            process.Kill();
            await ended;
            _kills++;
            return null;
        }

        await ended;
        if (process.ExitCode == UsageError)
        {
            _refused++;
        }

        return process.ExitCode is 0 or 1
            ? (await output).Replace(folder.FullName, "", StringComparison.Ordinal).Replace($"/{name}/", "/", StringComparison.Ordinal)
            : throw new InvalidOperationException($"the search ended with {process.ExitCode}: {await errors}");
    }

    private string StoreOf(string name) => Path.Combine(folder.FullName, name, "trials.jsonl");

    private string ModelOf(string name) => Path.Combine(folder.FullName, name, "model");

    private static bool SameFile(string one, string other) =>
        File.Exists(one) && File.Exists(other) && File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(other));

    private static bool SameFolder(string one, string other)
    {
        if (!Directory.Exists(one) || !Directory.Exists(other))
        {
            return Directory.Exists(one) == Directory.Exists(other);
        }

        string[] Names(string path) => [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(path, f)).Order(StringComparer.Ordinal)];
        return Names(one).SequenceEqual(Names(other)) && Names(one).All(file => SameFile(Path.Combine(one, file), Path.Combine(other, file)));
    }

    /// <summary>Few and cheap settings: the kills are about the files.</summary>
    private const string Space =
        """
        {
          "parameters": [
            { "name": "horizon", "type": "integer", "low": 2, "high": 10, "step": 2 },
            { "name": "leaves", "type": "integer", "low": 4, "high": 16, "log": true },
            { "name": "learning_rate", "type": "number", "low": 0.05, "high": 0.3, "log": true }
          ]
        }
        """;
}
