using System.Globalization;
using System.Text.Json;

namespace BtcAgent.Grains.Tests.Halting;

/// <summary>
/// Stalled stores, venues and streams at every wait of an order's way, and a halt at every step: <c>eng/halt-drill</c> runs more of it.
/// </summary>
[Collection(HaltStageCollection.Name)]
public sealed class HaltDrillTests(HaltStage stage, ITestOutputHelper output)
{
    private const int SchedulesInCi = 25;

    /// <summary>Where seed 1 has a schedule that only the permit keeps clean: a search from the start takes long.</summary>
    private const int FirstOfControl = 100;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task Halt_AtEveryStepOfStalledOrders_NothingLeavesAfterItsAnswer()
    {
        var result = await RunAsync(Number("BTCAGENT_HALT_SEED", 1), Number("BTCAGENT_HALT_SCHEDULES", SchedulesInCi), fenced: true, Number("BTCAGENT_HALT_FIRST", 0));

        if (Environment.GetEnvironmentVariable("BTCAGENT_HALT_JSON") is { Length: > 0 } file)
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(result, Indented), TestContext.Current.CancellationToken);
        }

        output.WriteLine(result.ToString());
        Assert.True(result.IsClean, result.ToString());
        Assert.True(result.OrdersInFlight > result.Schedules / 10, $"too few schedules race: {result}");
    }

    /// <summary>The negative control: a connector that does not ask its permit, as before there were permits.</summary>
    [Fact]
    public async Task Halt_ConnectorIgnoresItsPermit_TheDrillFindsIt()
    {
        var found = new HaltDrillResult();
        for (var first = FirstOfControl; found.OrdersAfterHalt == 0 && first < FirstOfControl + 400; first += 20)
        {
            found += await RunAsync(seed: 1, schedules: 20, fenced: false, first);
        }

        output.WriteLine(found.ToString());
        Assert.True(found.OrdersAfterHalt > 0, found.ToString());
    }

    private async Task<HaltDrillResult> RunAsync(int seed, int schedules, bool fenced, int first = 0)
    {
        var sum = new HaltDrillResult();
        for (var number = first; number < first + schedules; number++)
        {
            var schedule = new HaltSchedule(stage, seed, number, fenced);
            var result = await schedule.RunAsync();
            sum += result;
            if (fenced && !result.IsClean)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"seed {seed}, schedule {number}: {result}{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", schedule.Moves)}"));
            }
        }

        return sum;
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
