using System.Text.Json;
using BtcAgent.Testing;

namespace BtcAgent.Chaos.Tests.Cluster;

/// <summary>The drill of <c>eng/cluster-drill</c>; small unless the environment requests more.</summary>
[Collection(nameof(TimedDrills))]
public sealed class ClusterDrillTests(KafkaBroker broker, PostgresServer postgres, ITestOutputHelper output)
    : IClassFixture<KafkaBroker>, IClassFixture<PostgresServer>
{
    private const double StopMsMax = 1_000;

    /// <summary>Time limit beside all other tests.</summary>
    private const double BusyStopMsMax = 3_000;

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
        Assert.True(result.ResumeMs.Max < 8_000, text);
        Assert.True(result.GracefulMs.Max < (options.JsonFile is null ? BusyStopMsMax : StopMsMax), text);
        Assert.True(result.Orders > 0, text);
    }

    private void Report(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
