using System.Text.Json;

namespace BtcAgent.Chaos.Tests;

/// <summary>The drill of <c>eng/chaos-drill</c>; small unless the environment requests more.</summary>
[Collection(nameof(TimedDrills))]
public sealed class ChaosDrillTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [Fact]
    public async Task Drill_AgentKilledOnTheWayOfOrders_BooksEqualTheVenuesRecords()
    {
        var options = DrillOptions.FromEnvironment();
        DrillResult result;
        await using (var drill = new ChaosDrill(options, Report))
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
        Assert.True(result.Acts.AreAllDone, text);
        Assert.Equal(options.Kills, result.Kills);
        Assert.True(result.RecoveryMs.Max < 10_000, text);
    }

    private void Report(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
