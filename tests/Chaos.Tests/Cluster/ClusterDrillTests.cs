using System.Text.Json;
using BtcAgent.Testing;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>The drill of <c>eng/cluster-drill</c>; small unless the environment requests more.</summary>
[Collection(nameof(TimedDrills))]
public sealed class ClusterDrillTests(KafkaBroker broker, PostgresServer postgres, ITestOutputHelper output)
    : IClassFixture<KafkaBroker>, IClassFixture<PostgresServer>
{
    /// <summary>Limit of the whole drill, whose silos have traded before.</summary>
    private const double StopMsMax = 1_000;

    /// <summary>
    /// In the small drill the other silo was started a moment before: a stop waits for its answers while it compiles what it takes over,
    /// 1.9…2.2 s on two idle cores and more beside other work. So it has the time that a takeover may take.
    /// </summary>
    private const double ColdStopMsMax = ResumeMsMax;

    private const double ResumeMsMax = 8_000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [Fact]
    public async Task Drill_SilosKilledUnderATape_NothingIsLostOrDoubled()
    {
        var options = ClusterDrillOptions.FromEnvironment();
        ClusterDrillResult result;
        await using (var drill = new ClusterDrill(options, broker, postgres, Report))
        {
            result = await drill.RunAsync(TestContext.Current.CancellationToken);
        }

        var text = JsonSerializer.Serialize(result, Json);
        Report(text);
        if (options.JsonFile is { } file)
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        Assert.True(result.IsClean, text);
        Assert.Equal(options.Kills, result.Kills);
        Assert.True(result.ResumeMs.Max < ResumeMsMax, text);
        Assert.True(result.GracefulMs.Max < (options.JsonFile is null ? ColdStopMsMax : StopMsMax), text);
        Assert.True(result.Orders > 0, text);
    }

    private void Report(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
