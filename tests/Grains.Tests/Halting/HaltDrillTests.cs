using System.Globalization;
using System.Text.Json;

namespace BtcAgent.Grains.Tests.Halting;

/// <summary>
/// Stalled stores, venues and streams at every wait of an order, and a halt at every step; <c>eng/halt-drill</c> runs more
/// of it.
/// </summary>
[Collection(HaltStageCollection.Name)]
public sealed class HaltDrillTests(HaltStage stage, ITestOutputHelper output)
{
    private const int SchedulesInCi = 25;

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

    /// <summary>The negative control: a connector that ignores its permit, as before there were any.</summary>
    [Fact]
    public async Task Halt_ConnectorIgnoresItsPermit_TheDrillFindsIt()
    {
        var ignored = await new HaltSchedule(stage, seed: 1, number: 0, fenced: false).RunHeldAtTheLastStepAsync();
        Assert.Equal((1, 1), (ignored.OrdersInFlight, ignored.OrdersAfterHalt));

        var asked = await new HaltSchedule(stage, seed: 1, number: 1, fenced: true).RunHeldAtTheLastStepAsync();
        Assert.Equal(1, asked.OrdersInFlight);
        Assert.True(asked.IsClean, asked.ToString());
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
