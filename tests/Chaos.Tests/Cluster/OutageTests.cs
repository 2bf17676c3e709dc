using System.Globalization;
using System.Text.Json;
using BtcAgent.Testing;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>Outages of the broker and the database, one after the other; BTCAGENT_OUTAGE_SECONDS sets their duration.</summary>
public sealed class OutageTests(KafkaBroker broker, PostgresServer postgres, ITestOutputHelper output)
    : IClassFixture<KafkaBroker>, IClassFixture<PostgresServer>
{
    private const double ResumeMsMax = 30_000;
    private const long GrowthMiBMax = 200;

    /// <summary>Seconds of trading around the two outages.</summary>
    private const double Trading = 50;

    private static readonly double Seconds = double.TryParse(
        Environment.GetEnvironmentVariable("BTCAGENT_OUTAGE_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 10;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [Fact]
    public async Task Outage_OfKafkaAndOfPostgres_IsStatedAndOvercomeWithoutLoss()
    {
        var small = ClusterDrillOptions.FromEnvironment();
        var folder = Directory.CreateTempSubdirectory("btcagent-tape-");
        var length = TimeSpan.FromSeconds((2 * Seconds) + Trading);
        var tape = await ShortTape.CutAsync(small.Tapes[0], length, folder.FullName, TestContext.Current.CancellationToken);
        var options = small with { Kills = 0, GracefulStops = 0, Speed = 1, Tapes = [tape] };
        await using var drill = new OutageDrill(options, TimeSpan.FromSeconds(Seconds), broker, postgres, Report);
        var result = await drill.RunAsync(TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);
        var text = JsonSerializer.Serialize(result, Json) + JsonSerializer.Serialize(drill.Outages, Json);
        Report(text);
        Assert.True(result.IsClean, text);
        Assert.True(result.Orders > 0, text);
        Assert.Contains(OutageDrill.FeedStaleness, drill.Outages[0].Stated);
        Assert.Contains(OutageDrill.Degraded, drill.Outages[1].Stated);
        Assert.All(drill.Outages, outage =>
        {
            Assert.True(outage.ResumeMs < ResumeMsMax, text);
            Assert.True(outage.GrowthMiB < GrowthMiBMax, text);
        });
    }

    private void Report(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
