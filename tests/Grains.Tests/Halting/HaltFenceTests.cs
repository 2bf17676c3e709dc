using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Grains.Tests.Halting;

/// <summary>Once trading is stopped, an order never leaves, whatever it was waiting for.</summary>
[Collection(HaltStageCollection.Name)]
public sealed class HaltFenceTests(HaltStage stage)
{
    public static TheoryData<string> WaitsOnTheWay =>
        ["store.risk.write", "store.risk.answer", "store.execution.write", "store.execution.answer", "venue.place.leave"];

    [Theory]
    [MemberData(nameof(WaitsOnTheWay))]
    public async Task Halt_OrderWaits_NeverLeaves(string wait)
    {
        await stage.BeginAsync();
        var decided = await DecideAsync(wait);

        await HaltAsync();

        await LeavesNeverAsync(decided);
        await stage.UntilAsync("the halt is done", async () => await stage.Control.GetPendingHalt() is null);
        Assert.Equal(BreakerMode.Halted, (await stage.Risk.GetStatus()).Breaker.Mode);
    }

    [Theory]
    [MemberData(nameof(WaitsOnTheWay))]
    public async Task Resume_OrderWaitsSinceBeforeTheHalt_NeverLeaves(string wait)
    {
        await stage.BeginAsync();
        var decided = await DecideAsync(wait);
        await HaltAsync();

        var resumed = stage.Control.Resume("a mistake", "ada");
        await HaltStage.QuietAsync();

        await LeavesNeverAsync(decided);
        await resumed;
        Assert.Equal(BreakerMode.Active, (await stage.Risk.GetStatus()).Breaker.Mode);
        Assert.NotNull((await stage.SampleAsync(SignalDirection.Long)).Intent);
        await stage.UntilAsync("a new order leaves", () => Task.FromResult(stage.Venue.Departures.Count == 1));
    }

    [Theory]
    [MemberData(nameof(WaitsOnTheWay))]
    public async Task Disarm_OrderWaits_NeverLeaves(string wait)
    {
        await stage.BeginAsync();
        var decided = await DecideAsync(wait);

        await stage.Control.Disarm("no more", "ada");

        await LeavesNeverAsync(decided);
    }

    [Theory]
    [MemberData(nameof(WaitsOnTheWay))]
    public async Task Submit_OrderWaitsPastItsLifetime_NeverLeaves(string wait)
    {
        await stage.BeginAsync();
        var decided = await DecideAsync(wait);

        await stage.AdvanceAsync(2_001);

        await LeavesNeverAsync(decided);
    }

    [Fact]
    public async Task Submit_DeclaredNeverArrivedBeforeItLeft_NeverLeaves()
    {
        await stage.BeginAsync();
        var decided = await DecideAsync("venue.place.leave");
        var id = (await stage.Execution.GetOrders(1))[0].Intent.ClientOrderId;
        await stage.UntilAsync("it is declared never arrived", async () =>
        {
            await stage.Execution.Reconcile("the test asks");
            return (await stage.Execution.GetOrders(1))[0].Reason?.StartsWith("NEVER_ARRIVED", StringComparison.Ordinal) is true;
        });

        await LeavesNeverAsync(decided);
        Assert.Equal((id, OrderStatus.Rejected), ((await stage.Execution.GetOrders(1))[0].Intent.ClientOrderId, (await stage.Execution.GetOrders(1))[0].Status));
    }

    [Fact]
    public async Task Submit_ActivationEndsBeforeItLeft_NeverLeaves()
    {
        await stage.BeginAsync();
        var decided = await DecideAsync("venue.place.leave");

        await stage.RestartAsync(stage.Execution);

        await LeavesNeverAsync(decided);
    }

    [Fact]
    public async Task Submit_NothingStops_Leaves()
    {
        await stage.BeginAsync();
        var decided = await DecideAsync("venue.place.leave");

        stage.Gates.OpenAll();
        await decided;
        await HaltStage.QuietAsync();

        Assert.Single(stage.Venue.Departures);
    }

    private async Task<Task> DecideAsync(string wait)
    {
        stage.Gates.Reset((name, number) => number == 0 && name.StartsWith(wait, StringComparison.Ordinal));
        var decided = stage.SampleAsync(SignalDirection.Long);
        await HaltStage.QuietAsync();
        Assert.True(stage.Gates.Waiting.Count > 0, decided.IsCompleted ? (await decided).Summary : $"nothing waits for {wait}");
        Assert.Empty(stage.Venue.Departures);
        return decided;
    }

    private Task HaltAsync() => stage.AnswerAsync(stage.Control.Halt("enough", "ada"));

    private async Task LeavesNeverAsync(Task decided)
    {
        var before = stage.Venue.Departures.Count;
        stage.Gates.OpenAll();
        await decided.WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System);
        await stage.AdvanceAsync(1_000);
        Assert.Equal(before, stage.Venue.Departures.Count);
        Assert.Empty(stage.Venue.OpenOrders);
    }
}
