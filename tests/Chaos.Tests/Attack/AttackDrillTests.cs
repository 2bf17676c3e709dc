using System.Text.Json;

namespace BtcAgent.Chaos.Tests.Attack;

/// <summary>The drill of <c>eng/attack-drill</c>; a few seconds unless the environment requests more.</summary>
[Collection(nameof(TimedDrills))]
public sealed class AttackDrillTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    [Fact]
    public async Task Drill_AgentUnderAttack_TradesOnAndHaltsWithinASecondForTheKeysHolder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the ports of a process are read from /proc");
        var options = AttackOptions.FromEnvironment();
        var result = await new AttackDrill(options, Report).RunAsync(TestContext.Current.CancellationToken);
        var text = JsonSerializer.Serialize(result, Json);
        Report(text);
        if (options.JsonFile is { } file)
        {
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        }

        Assert.Empty(result.Broken);
    }

    private void Report(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }
}
