using BtcAgent.Contracts.Control;
using BtcAgent.Contracts.Risk;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Risk;
using BtcAgent.Grains.Control;
using BtcAgent.Grains.Storage;
using BtcAgent.Grains.Tests.Models;
using BtcAgent.Testing;

namespace BtcAgent.Grains.Tests.Control;

[Collection(ModelClusterCollection.Name)]
public sealed class HaltTests(ModelCluster cluster) : IAsyncLifetime
{
    private const string Portfolio = "main";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private ITradingControlGrain Control => cluster.Grains.GetGrain<ITradingControlGrain>(ITradingControlGrain.Key);

    private IRiskGrain Risk => cluster.Grains.GetGrain<IRiskGrain>(Portfolio);

    public async ValueTask InitializeAsync() => await Control.Resume("test begins", "test");

    public async ValueTask DisposeAsync()
    {
        (cluster.Storage.Fails, cluster.Storage.Hangs) = (null, null);
        await Control.Resume("test is over", "test");
    }

    [Fact]
    public async Task Halt_EverythingStored_IsDone()
    {
        var status = await Control.Halt("enough", "ada");

        Assert.Null(status.Pending);
        Assert.Equal((BreakerMode.Halted, "ada: enough"), (status.Breakers[Portfolio].Mode, status.Breakers[Portfolio].Reason));
        Assert.Null(await Control.GetPendingHalt());
    }

    [Theory]
    [InlineData(GrainStateNames.Risk, "halt of main: disk full")]
    [InlineData(GrainStateNames.TradingControl, "record of the command: disk full")]
    public async Task Halt_StoreFails_StandsAndIsDoneOnceItWorks(string state, string problem)
    {
        cluster.Storage.Fails = state;
        var status = await Control.Halt("enough", "ada");

        Assert.Contains(problem, status.Pending, StringComparison.Ordinal);
        Assert.Equal("ada: enough", await Control.GetPendingHalt());

        cluster.Storage.Fails = null;
        await Eventually.TrueAsync("the halt is done", async () => await Control.GetPendingHalt() is null, Limit);
        Assert.Null((await Control.GetStatus()).Pending);
        await cluster.RestartAsync(Risk);
        Assert.Equal(BreakerMode.Halted, (await Risk.GetStatus()).Breaker.Mode);
    }

    [Fact]
    public async Task Halt_StoreFails_NoNewActivationTradesBeforeItIsDone()
    {
        var strategy = cluster.TakeStrategy();
        await cluster.RegisterAsync("halted-model", strategy);
        await cluster.MoveAsync("halted-model", ModelStage.Champion);
        cluster.Storage.Fails = GrainStateNames.TradingControl;
        await Control.Halt("enough", "ada");
        await Risk.Resume("as if its halt had not been stored");
        await cluster.RestartAsync(Risk);

        var decision = await cluster.EvaluateAsync(strategy, 1);

        Assert.Empty(decision.Signal.Refusals);
        Assert.Null(decision.Risk.Intent);
        Assert.Equal((BreakerMode.Halted, "ada: enough"), ((await Risk.GetStatus()).Breaker.Mode, (await Risk.GetStatus()).Breaker.Reason));
    }

    [Fact]
    public async Task Resume_WhileAHaltIsPending_WithdrawsIt()
    {
        cluster.Storage.Fails = GrainStateNames.Risk;
        await Control.Halt("enough", "ada");
        cluster.Storage.Fails = null;

        var status = await Control.Resume("a mistake", "ada");

        Assert.Null(status.Pending);
        Assert.Equal(BreakerMode.Active, status.Breakers[Portfolio].Mode);
    }

    [Fact]
    public async Task Resume_ThatCannotBeStored_LeavesThePendingHalt()
    {
        cluster.Storage.Fails = GrainStateNames.TradingControl;
        await Control.Halt("enough", "ada");

        await Assert.ThrowsAnyAsync<Exception>(() => Control.Resume("a mistake", "ada"));

        Assert.Equal("ada: enough", await Control.GetPendingHalt());
    }

    [Fact]
    public async Task Disarm_WhileTheRecordOfAHaltHangs_IsNotUndoneByItsFailure()
    {
        await Control.Arm("to be disarmed", "ada");
        var hanging = cluster.Storage.Hangs = new TaskCompletionSource();
        var status = await Control.Halt("enough", "ada");
        Assert.Contains("record of the command: no answer", status.Pending, StringComparison.Ordinal);

        var disarmed = Control.Disarm("and no more", "ada");
        Assert.Equal("ada: enough", await Control.GetPendingHalt());
        Assert.Equal(0, cluster.Storage.Overtaking);
        hanging.SetException(new IOException("disk full"));
        await disarmed;
        await Control.Resume("for another write", "ada");

        var stored = new GrainState<TradingControlGrainState>();
        await cluster.Storage.ReadStateAsync(GrainStateNames.TradingControl, Control.GetGrainId(), stored);
        Assert.False(stored.State!.IsArmed);
        Assert.Contains(stored.State.Commands, command => command.Command == "disarm");
    }

    [Fact]
    public async Task Flatten_OfNothing_IsDone()
    {
        var status = await Control.Flatten("enough", "ada");

        Assert.Null(status.Pending);
        Assert.Equal(BreakerMode.Halted, status.Breakers[Portfolio].Mode);
    }
}
