using System.Text.Json;

namespace BtcAgent.Chaos.Tests.Optimizing;

/// <summary>A search that is killed at any instant and resumed leaves the same bytes as one that was not.</summary>
public sealed class OptimizerDrillTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [Fact]
    public async Task Kill_AtAnyInstant_LeavesTheSameTrialsAndModel()
    {
        var options = OptimizerDrillOptions.FromEnvironment();
        var folder = Directory.CreateTempSubdirectory("btcagent-optimizer-drill-");
        try
        {
            var result = await new OptimizerDrill(options, folder, Report).RunAsync(TestContext.Current.CancellationToken);
            var text = JsonSerializer.Serialize(result, Json);
            Report(text);
            if (options.JsonFile is { } file)
            {
                await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
            }

            Assert.True(result is { IsClean: true, Searches: > 1, HasModel: true } && result.Kills >= options.Kills, text);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void Report(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
