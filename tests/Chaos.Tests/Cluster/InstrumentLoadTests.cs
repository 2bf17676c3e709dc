using System.Globalization;
using BtcAgent.Exchanges.Simulator;
using BtcAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>
/// Many instruments of one venue on two silos: each instrument's feed on one of them, its grains on any.
/// BTCAGENT_LOAD_INSTRUMENTS sets their number.
/// </summary>
public sealed class InstrumentLoadTests(KafkaBroker broker, PostgresServer postgres, ITestOutputHelper output)
    : IClassFixture<KafkaBroker>, IClassFixture<PostgresServer>
{
    private const int Silos = 2;
    private const double OrdersPerSecond = 10;
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(15);

    private static readonly int Count = int.TryParse(
        Environment.GetEnvironmentVariable("BTCAGENT_LOAD_INSTRUMENTS"), CultureInfo.InvariantCulture, out var count) ? count : 30;

    [Fact]
    public async Task Load_ManyInstruments_AllAreReadAndNoneMissesAnEvent()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await broker.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        List<string> symbols = ["BTCUSDT", .. Enumerable.Range(1, Count - 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"S{i:D3}USDT"))];
        var options = DrillStage.VenueOptions();
        options.Symbols = symbols;
        options.OrdersPerSecond = OrdersPerSecond;
        await using var venue = new SimulatedVenue(options, TimeProvider.System, NullLoggerFactory.Instance);
        await venue.StartAsync(cancellation);
        var folder = Directory.CreateTempSubdirectory("btcagent-load-");
        var instruments = symbols.SelectMany((symbol, i) => new[] { "--set", $"Agent:Instruments:{i}=BINANCE:{symbol}" }).ToArray();
        var processes = new List<AgentProcess>();
        try
        {
            for (var i = 0; i < Silos; i++)
            {
                processes.Add(Start($"silo{i}", ClusterStage.Silo, feeds: true));
                await processes[^1].WaitUntilAsync("/health/ready", cancellation);
            }

            var gateway = Start("gateway", ClusterStage.Gateway, feeds: false);
            processes.Add(gateway);
            await gateway.WaitUntilAsync("/health/ready", cancellation);
            await Eventually.TrueAsync("all instruments are read", async () => (await ProgressAsync(gateway)).All(p => p.Snapshots > 0), StartMax);
            var before = await ProgressAsync(gateway);
            await Task.Delay(Measured, TimeProvider.System, cancellation);
            var after = await ProgressAsync(gateway);
            var events = after.Sum(p => p.Events) - before.Sum(p => p.Events);
            Report(string.Create(CultureInfo.InvariantCulture,
                $"{Count} instruments on {Silos} silos: {events / Measured.TotalSeconds:F0} events/s into their books, {processes.Take(Silos).Max(p => p.MemoryMiB)} MiB a silo at most"));
            var dashboard = await gateway.GetAsync(Path.Combine(folder.FullName, "gateway"), "/dashboard/DashboardCounters", cancellation);
            Assert.Equal(Silos, dashboard?.GetProperty("totalActiveHostCount").GetInt32());
            Assert.All(before.Zip(after), pair => Assert.True(pair.Second.Events > pair.First.Events, "an instrument has stalled"));
            Assert.All(after, progress => Assert.Equal((0, 0), (progress.Holes, progress.Gaps)));
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
            folder.Delete(recursive: true);
        }

        AgentProcess Start(string name, Func<SimulatedVenue, int, string, string[]> arguments, bool feeds)
        {
            var port = ChaosDrill.FreePort();
            return AgentProcess.Start(
                port, [.. arguments(venue, port, Path.Combine(folder.FullName, name)), .. instruments], ClusterStage.Environment(database, broker, feeds));
        }

        async Task<List<(long Events, int Snapshots, int Holes, int Gaps)>> ProgressAsync(AgentProcess gateway)
        {
            var all = new List<(long, int, int, int)>();
            foreach (var symbol in symbols)
            {
                var path = $"/api/v1/instruments/{Uri.EscapeDataString($"BINANCE:{symbol}")}/progress";
                var answer = await gateway.GetAsync(Path.Combine(folder.FullName, "gateway"), path, cancellation);
                all.Add(answer is { } progress && progress.TryGetProperty("counters", out var counters)
                    ? (Number("events"), (int)Number("snapshots"), (int)Number("sequenceHoles"), (int)Number("bookGaps"))
                    : default);

                long Number(string name) => counters.GetProperty(name).GetInt64();
            }

            return all;
        }
    }

    private void Report(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
