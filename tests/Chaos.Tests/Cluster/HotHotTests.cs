using System.Globalization;
using System.Text.Json;
using BtcAgent.Chaos.Tests.Sinks;
using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>Two processes read the venue for one instrument; each is killed in turn, without a gap downstream.</summary>
[Collection(nameof(TimedDrills))]
public sealed class HotHotTests(KafkaBroker broker, PostgresServer postgres, ITestOutputHelper output)
    : IClassFixture<KafkaBroker>, IClassFixture<PostgresServer>
{
    private const int Lines = 2;
    private const int Kills = 4;
    private const double PauseMsMax = 1_000;
    private const string Instrument = "BINANCE:BTCUSDT";
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-hothot-");
    private readonly Dictionary<string, AgentProcess> _processes = new(StringComparer.Ordinal);
    private string _database = "";

    [Fact]
    public async Task Kill_OfEitherReader_LeavesNoGapAndNoTradeTwice()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await broker.StartAsync();
        _database = await postgres.NewDatabaseAsync();
        await using var venue = new SimulatedVenue(DrillStage.VenueOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        await venue.StartAsync(cancellation);
        try
        {
            await Start("silo", venue, ClusterStage.Silo, feeds: false).WaitUntilAsync("/health/ready", cancellation);
            await Start("gateway", venue, ClusterStage.Gateway, feeds: false).WaitUntilAsync("/health/ready", cancellation);
            using var decisions = new DecisionLog(broker.Address, ClusterStage.FactPartitions);
            var pauses = new List<double>();
            for (var line = 0; line < Lines; line++)
            {
                Start($"ingest{line}", venue, ClusterStage.LiveIngest, feeds: true);
            }

            await BothReadAsync(cancellation);
            for (var kill = 0; kill < Kills; kill++)
            {
                var name = $"ingest{kill % Lines}";
                _processes[name].Kill();
                pauses.Add(await LongestPauseAsync(cancellation));
                Start(name, venue, ClusterStage.LiveIngest, feeds: true);
                await BothReadAsync(cancellation);
            }

            Report(string.Create(CultureInfo.InvariantCulture,
                $"{Kills} readers killed: longest time without an event {string.Join(", ", pauses.Select(p => p.ToString("F0", CultureInfo.InvariantCulture)))} ms"));
            Assert.All(pauses, pause => Assert.InRange(pause, 0, PauseMsMax));
            var trades = await CompareAsync(cancellation);
            await StoreAsync(trades, cancellation);
            await ReplayAsync(decisions.Seen.Last().Decision.Id.Text);
        }
        finally
        {
            foreach (var process in _processes.Values)
            {
                process.Dispose();
            }

            _folder.Delete(recursive: true);
        }
    }

    /// <summary>Compares the grain's applied events with everything that both readers published.</summary>
    /// <returns>Number of the venue's trades that at least one reader has read.</returns>
    private async Task<int> CompareAsync(CancellationToken cancellationToken)
    {
        for (var line = 0; line < Lines; line++)
        {
            await _processes[$"ingest{line}"].StopAsync(cancellationToken);
        }

        var trades = MarketLog.Read(broker.Address)
            .SelectMany(batch => batch.Events.Select(e => (batch.Line, e)))
            .Where(e => e.e.Kind == MarketEventKind.Trade)
            .ToLookup(e => e.Line, e => e.e.LastId);
        var all = trades.SelectMany(line => line).ToHashSet();
        Assert.Equal([0, 1], trades.Select(line => line.Key).Order());
        Assert.Equal(all.Count, all.Max() - all.Min() + 1);
        await Eventually.TrueAsync(
            $"all {all.Count} trades are applied", async () => Counter(await ProgressAsync(cancellationToken), "trades") == all.Count, TimeSpan.FromSeconds(10));
        var progress = await ProgressAsync(cancellationToken);
        Report($"{all.Count} trades of the venue, {string.Join(" and ", trades.Select(line => line.Count()))} of the readers, {Counter(progress, "trades")} applied");
        Assert.All(trades, line => Assert.True(line.Distinct().Count() < all.Count, "a reader that was killed twice has read everything"));
        Assert.Equal((0L, 0L, 0L, 0L), (
            Counter(progress, "bookGaps"), Counter(progress, "interruptions"), Counter(progress, "sequenceHoles"), Counter(progress, "crossedBooks")));
        return all.Count;
    }

    /// <summary>Stores the log of both readers: each trade is in the history once.</summary>
    private async Task StoreAsync(int trades, CancellationToken cancellationToken)
    {
        await using var target = new ParquetTarget();
        using var sink = AgentProcess.Start(
            0,
            ["--role", "sink", "--port", "0", "--data", Path.Combine(_folder.FullName, "sink")],
            target.Settings.Append(new("Kafka__BootstrapServers", broker.Address)).Append(new("Logging__LogLevel__Default", "Warning")));
        var logged = MarketLog.Read(broker.Address).Count();
        await Eventually.TrueAsync(
            $"all {logged} batches of both readers are stored", async () => await target.CheckpointAsync(cancellationToken) == logged, TimeSpan.FromSeconds(60), () => sink.Tail);
        var stored = await target.ReadAsync(cancellationToken);
        Report($"{stored.Rows} trades in the history");
        Assert.Equal((trades, trades), (stored.Rows, stored.Distinct));
    }

    /// <summary>Replays the last decision, after all kills, from the log of both readers.</summary>
    private async Task ReplayAsync(string decision)
    {
        var (code, report, error) = await CommandLine.RunAsync([], "replay", "--from-kafka", broker.Address, "--decision", decision, "--json");
        Report($"replay of {decision}: exit code {code} {error}");
        Assert.True(code == 0, report + error);
    }

    /// <summary>Longest time in milliseconds without an event applied by the instrument's grain after a kill.</summary>
    private async Task<double> LongestPauseAsync(CancellationToken cancellationToken)
    {
        var (start, last, longest, events) = (TimeProvider.System.GetTimestamp(), TimeProvider.System.GetTimestamp(), 0d, -1L);
        while (TimeProvider.System.GetElapsedTime(start) < Watched)
        {
            var applied = Counter(await ProgressAsync(cancellationToken), "events");
            if (applied != events)
            {
                longest = Math.Max(longest, TimeProvider.System.GetElapsedTime(last).TotalMilliseconds);
                (last, events) = (TimeProvider.System.GetTimestamp(), applied);
            }

            await Task.Delay(LookEvery, TimeProvider.System, cancellationToken);
        }

        return Math.Max(longest, TimeProvider.System.GetElapsedTime(last).TotalMilliseconds);
    }

    private Task BothReadAsync(CancellationToken cancellationToken) => Eventually.TrueAsync(
        "both lines are live and the book is in sync",
        async () => await GetAsync($"/api/v1/instruments/{Uri.EscapeDataString(Instrument)}", cancellationToken) is { } view
            && view.GetProperty("book").GetProperty("inSync").GetBoolean()
            && view.GetProperty("market").GetProperty("health").GetProperty("lines").EnumerateArray().Count(line => line.GetProperty("isLive").GetBoolean()) == Lines,
        TimeSpan.FromSeconds(60));

    private async Task<JsonElement> ProgressAsync(CancellationToken cancellationToken) =>
        await GetAsync($"/api/v1/instruments/{Uri.EscapeDataString(Instrument)}/progress", cancellationToken)
        ?? throw new InvalidOperationException($"no progress: {_processes["gateway"].Tail}");

    private static long Counter(JsonElement progress, string name) => progress.GetProperty("counters").GetProperty(name).GetInt64();

    private Task<JsonElement?> GetAsync(string path, CancellationToken cancellationToken) =>
        _processes["gateway"].GetAsync(Path.Combine(_folder.FullName, "gateway"), path, cancellationToken);

    private AgentProcess Start(string name, SimulatedVenue venue, Func<SimulatedVenue, int, string, string[]> arguments, bool feeds)
    {
        if (_processes.TryGetValue(name, out var former))
        {
            former.Dispose();
        }

        var port = ChaosDrill.FreePort();
        return _processes[name] = AgentProcess.Start(
            port,
            [
                .. arguments(venue, port, Path.Combine(_folder.FullName, name)),
                "--set", $"Feeds:Lines={Lines}",

                // A killed reader holds its lease until then: the next process takes over the line afterwards.
                "--set", "Feeds:LeaseSeconds=2",
            ],
            ClusterStage.Environment(_database, broker, feeds));
    }

    private void Report(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
