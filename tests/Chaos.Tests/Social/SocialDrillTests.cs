using System.Text.Json;

namespace BtcAgent.Chaos.Tests.Social;

/// <summary>An agent that is killed while posts flow keeps each of them, and counts none twice.</summary>
public sealed class SocialDrillTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [Fact]
    public async Task Kill_WhilePostsFlow_MissesNoneAndDoublesNone()
    {
        var options = SocialDrillOptions.FromEnvironment();
        var folder = Directory.CreateTempSubdirectory("btcagent-social-drill-");
        try
        {
            var result = await new SocialDrill(options, folder, Report).RunAsync(TestContext.Current.CancellationToken);
            var text = JsonSerializer.Serialize(result, Json);
            Report(text);
            if (options.JsonFile is { } file)
            {
                await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
            }

            Assert.True(result.IsClean && result.Posts > 20 * options.Kills, text);
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
