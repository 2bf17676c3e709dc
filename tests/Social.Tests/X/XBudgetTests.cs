using BtcAgent.Social.Budgets;
using BtcAgent.Social.X;

namespace BtcAgent.Social.Tests.X;

/// <summary>The budget against X's own meter.</summary>
public sealed class XBudgetTests
{
    /// <summary>Posts that X has charged and the source has not counted, those lost between two streams included.</summary>
    private const int InFlightMax = 30;

    [Fact]
    public async Task Budget_UsedUpWithinADay_DegradesStepByStepAndRecoversTheNextDay()
    {
        await using var world = await XWorld.OpenAsync();
        Limit(world, readsPerDay: 1_000, dollarsPerDay: 5.1m);
        await world.RunUntilStreamingAsync();
        Assert.Equal(BudgetLevel.Stream, world.Source.Status.Level);
        await FloodAsync(world, BudgetLevel.Sampled);
        Assert.Contains("sample:10", world.X.Rules.All.Single().Value, StringComparison.Ordinal);
        await FloodAsync(world, BudgetLevel.Counts);
        await world.UntilAsync(() => !world.X.Streams.IsOpen);
        var reads = world.X.Meter.Reads;
        Assert.InRange(reads, 500, 1_000);
        await world.UntilAsync(() => world.Sink.Counts.Count >= 1);

        await PassAsync(world, world.Time.GetUtcNow().Date.AddDays(1).AddMinutes(1).AddSeconds(1));
        await world.StreamingAgainAsync(BudgetLevel.Stream);
        Assert.Equal(reads, world.X.Meter.Reads);
        Assert.DoesNotContain("sample", world.X.Rules.All.Single().Value, StringComparison.Ordinal);
        await AssertWithinAsync(world);
    }

    [Fact]
    public async Task BudgetExhausted_InMidMonth_CountsThenNothing_UntilTheNextMonth()
    {
        await using var world = await XWorld.OpenAsync();
        Limit(world, readsPerDay: 1_000, dollarsPerDay: 5);
        (world.Budget.ReadsPerMonthMax, world.Budget.DollarsPerMonthMax) = (600, 3);
        await world.RunUntilStreamingAsync();
        var day = world.Time.GetUtcNow().Date;
        do
        {
            await FloodAsync(world, BudgetLevel.Counts);
            day = day.AddDays(1);
            await PassAsync(world, day.AddMinutes(5));
        }
        while (world.Source.Status.Phase == XPhase.Streaming);

        Assert.InRange(day.Day, 11, 20);
        Assert.Contains("of the month is used or reserved", world.Source.Status.Reason, StringComparison.Ordinal);
        var reads = world.X.Meter.Reads;
        await PassAsync(world, day.AddDays(3));
        Assert.Equal(reads, world.X.Meter.Reads);
        Assert.InRange(reads, 300, 600);
        Assert.InRange(world.X.Meter.Counts, 3, 100);
        await world.UntilAsync(() => !world.X.Streams.IsOpen);

        await PassAsync(world, new DateTime(2026, 12, 1, 0, 1, 1, DateTimeKind.Utc));
        await world.StreamingAgainAsync(BudgetLevel.Stream);
        Assert.Equal(reads, world.X.Meter.Reads);
        await AssertWithinAsync(world);
    }

    [Fact]
    public async Task NoBudget_ReadsNothing()
    {
        await using var world = await XWorld.OpenAsync();
        Limit(world, readsPerDay: 0, dollarsPerDay: 0);
        world.Run();
        var status = await world.PhaseAsync(XPhase.OutOfBudget);
        Assert.Equal((BudgetLevel.Off, TimeSpan.FromHours(12) + TimeSpan.FromMinutes(1)), (status.Level, status.Wait));
        Assert.Empty(world.X.Streams.RequestedAt);
    }

    [Fact]
    public async Task LaterOwner_TakesOver_AndTheEarlierOneStopsReading()
    {
        await using var world = await XWorld.OpenAsync();
        await world.RunUntilStreamingAsync();
        var later = new BudgetAccount(new BudgetGovernor(world.Budget), world.Store, 100, world.Time);
        Assert.NotNull(await later.TryReserveAsync(BudgetUse.Posts, 1, default));
        await world.PassAliveAsync(TimeSpan.FromSeconds(60));
        await world.PhaseAsync(XPhase.OutOfBudget);
        await world.UntilAsync(() => !world.X.Streams.IsOpen);
        Assert.Equal("the budget has another owner: lease 100, not 1", world.Source.Status.Reason);
    }

    [Fact]
    public async Task PostReadAgain_SameDay_IsPaidOnce()
    {
        await using var world = await XWorld.OpenAsync();
        world.X.Faults.RepeatsPosts = true;
        await world.RunUntilStreamingAsync();
        for (var i = 0; i < 50; i++)
        {
            world.X.Publish(world.Post());
        }

        await world.UntilAsync(() => world.Source.Counters.Repeated == 50);
        await world.StopAsync();
        Assert.Equal(50, world.X.Meter.Reads);

        // What may have been in flight at the end remains spent: the slack, here of the expected rate of 1 a second for 42 s or the measured one of 5.
        Assert.InRange((await world.Store.LoadAsync(default)).Days.Single().Reads, 50 + 42, 50 + (5 * 42));
    }

    [Fact]
    public async Task Counts_OfEachMinute_HaveNoHoleAndNoDouble()
    {
        await using var world = await XWorld.OpenAsync();
        Limit(world, readsPerDay: 0, dollarsPerDay: 100);
        world.Run();
        await world.PhaseAsync(XPhase.Counting);
        for (var i = 0; i < 30; i++)
        {
            world.X.Publish(world.Post());
            world.Time.Advance(TimeSpan.FromSeconds(60));
            await world.PhaseAsync(XPhase.Counting);
        }

        var counts = world.Sink.Counts.ToList();
        Assert.All(counts.Zip(counts.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.From));
        Assert.Equal(29, counts.Sum(count => count.Posts));
        Assert.Equal(0, world.X.Meter.Reads);
        Assert.Equal((await world.Store.LoadAsync(default)).Days.Single().Counts, world.X.Meter.Counts);
    }

    private static void Limit(XWorld world, long readsPerDay, decimal dollarsPerDay)
    {
        (world.Budget.ReadsPerDayMax, world.Budget.DollarsPerDayMax) = (readsPerDay, dollarsPerDay);
        world.Budget.DollarsPerAuthor = 0; // The simulated X has no such price.
        (world.Options.ExpectedPostsPerSecond, world.Options.SlackReads) = (0.2, InFlightMax + 10);
        world.Options.RequestTimeoutSeconds = 120; // Of a clock that the test advances by minutes.
    }

    /// <summary>Publishes posts, one a second, until the source has fallen to the level. The clock waits for the source to catch up.</summary>
    private static async Task FloodAsync(XWorld world, BudgetLevel level)
    {
        await world.UntilAsync(() =>
        {
            world.PassIfWaiting();
            for (var i = 0; i < 10 && world.Source.Status is { Phase: XPhase.Streaming } && world.X.Streams.IsOpen
                && world.Source.Counters.Accepted + InFlightMax >= world.X.Meter.Reads; i++)
            {
                world.X.Publish(world.Post());
                world.Time.Advance(TimeSpan.FromSeconds(1));
            }

            return world.Source.Status.Level == level && (world.Source.Status.Phase is XPhase.Streaming or XPhase.Counting);
        });
    }

    private static async Task PassAsync(XWorld world, DateTime until)
    {
        while (world.Time.GetUtcNow() < until && world.Source.Status.Phase != XPhase.Streaming)
        {
            var phase = world.Source.Status;
            if (phase.Phase is XPhase.Counting or XPhase.OutOfBudget or XPhase.Waiting)
            {
                var left = until - world.Time.GetUtcNow().UtcDateTime;
                world.Time.Advance(phase.Wait < left ? phase.Wait : left);
                await world.UntilAsync(() => !ReferenceEquals(world.Source.Status, phase) || world.Time.GetUtcNow() >= until);
            }
            else
            {
                await world.UntilAsync(() => !ReferenceEquals(world.Source.Status, phase));
            }
        }
    }

    private static async Task AssertWithinAsync(XWorld world)
    {
        var state = await world.Store.LoadAsync(default);
        foreach (var (day, (reads, _)) in world.X.Meter.Days)
        {
            Assert.InRange(reads, 0, world.Budget.ReadsPerDayMax);
            Assert.InRange(world.X.Meter.DollarsOf(day), 0, world.Budget.DollarsPerDayMax);
            Assert.InRange(state.OfDay(day).Reads, reads, long.MaxValue);
        }

        foreach (var month in world.X.Meter.Days.GroupBy(each => (each.Key.Year, each.Key.Month)))
        {
            Assert.InRange(month.Sum(day => day.Value.Reads), 0, world.Budget.ReadsPerMonthMax);
            Assert.InRange(month.Sum(day => world.X.Meter.DollarsOf(day.Key)), 0, world.Budget.DollarsPerMonthMax);
        }
    }
}
