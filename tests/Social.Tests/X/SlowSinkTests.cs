using BtcAgent.Social.Budgets;

namespace BtcAgent.Social.Tests.X;

/// <summary>A sink that takes its time.</summary>
public sealed class SlowSinkTests
{
    [Fact]
    public async Task SlowSink_UntilTheReservationEnds_ConnectionIsClosedBefore_AndTheReservationIsSpent()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        world.Sink.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.X.Publish(world.Post());
        await world.UntilAsync(() => world.Sink.Waiting == 1);
        var reserved = (await world.Store.LoadAsync(default)).Open.Single();
        for (var left = world.Budget.HorizonSeconds - world.Options.SilenceSeconds; left > 20; left -= 20)
        {
            world.Time.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.True(world.X.Streams.IsOpen);
        world.Time.Advance(TimeSpan.FromSeconds(20));
        await world.UntilAsync(() => !world.X.Streams.IsOpen);
        world.Sink.Gate.SetResult();
        await world.StreamingAgainAsync(BudgetLevel.Stream);
        await world.StopAsync();
        Assert.InRange((await world.Store.LoadAsync(default)).Days.Single().Reads, reserved.Amount, reserved.Amount + 100);
    }

    [Fact]
    public async Task SlowSink_LongerThanASilence_IsNotTakenForADeadStream()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        world.Sink.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.X.Publish(world.Post());
        await world.UntilAsync(() => world.Sink.Waiting == 1);
        for (var i = 0; i < 3; i++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(20));
        }

        world.Sink.Gate.SetResult();
        world.X.Publish(world.Post());
        await world.AcceptedAsync(2);
        Assert.Single(world.X.Streams.RequestedAt);
    }
}
