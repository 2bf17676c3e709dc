using System.Text.Json;
using BtcAgent.Testing;

namespace BtcAgent.Chaos.Tests.Sinks;

/// <summary>Sinks whose process is killed and whose server goes away miss nothing and double nothing.</summary>
public sealed class HistoryDrillTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [Fact]
    public async Task Kill_OfSinksAndTheirServers_MissesNothingAndDoublesNothing()
    {
        var options = HistoryDrillOptions.FromEnvironment();
        var results = new List<SinkDrillResult>();
        ISinkTarget[] targets = [new PostgresTarget(), new ParquetTarget(), new RedisTarget()];
        foreach (var target in targets)
        {
            await using (target)
            {
                await using var broker = new KafkaBroker();
                await broker.StartAsync();
                using var drill = new HistoryDrill(options, broker, Report);
                results.Add(await drill.RunAsync(target, TestContext.Current.CancellationToken));
            }
        }

        var text = JsonSerializer.Serialize(results, Json);
        Report(text);
        if (options.JsonFile is { } file)
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        Assert.All(results, result => Assert.True(result.IsClean && result.Rows > 0, text));
    }

    private void Report(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
