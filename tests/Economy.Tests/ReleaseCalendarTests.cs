using BtcAgent.Domain;
using BtcAgent.Economy.Releases;

namespace BtcAgent.Economy.Tests;

/// <summary>The calendar over the simulated FRED: what is known when, what is read how often, and what failures do.</summary>
public sealed class ReleaseCalendarTests
{
    private static readonly EconomicRelease Prices = ReleaseTable.Default()[0];

    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    /// <summary>On 2026-03-08 New York's clocks go forward, on 2026-11-01 back.</summary>
    [Theory]
    [InlineData("2026-02-13T00:00:00Z", "2026-03-12T12:30:00Z", "2026-02-12T13:30:00Z")]
    [InlineData("2026-10-13T00:00:00Z", "2026-11-12T13:30:00Z", "2026-10-12T12:30:00Z")]
    public async Task Read_OverAChangeOfTheClocks_HasTheTimesOfNewYork(string now, string next, string last)
    {
        await using var world = await FredWorld.OpenAsync(now);
        var calendar = world.Calendar(Prices);
        await calendar.StepAsync(Cancelled);

        var notice = calendar.Read(0)!.Value;
        Assert.Equal((At(last), At(next)), (notice.LastRelease, notice.NextRelease));
        Assert.Null(notice.Problem());
    }

    [Fact]
    public async Task Read_ReleaseAndItsValue_AreKnownWhenTheyAreThere()
    {
        await using var world = await FredWorld.OpenAsync("2026-11-12T13:00:00Z");
        world.Fred.Faults.ValueDelay = TimeSpan.FromMinutes(5);
        var calendar = world.Calendar(Prices);
        await calendar.StepAsync(Cancelled);
        var before = calendar.Read(0)!.Value;
        Assert.Equal(At("2026-11-12T13:30:00Z"), before.NextRelease);
        Assert.NotNull(before.Surprise); // That of October.

        world.Time.SetUtcNow(DateTimeOffset.Parse("2026-11-12T13:30:00Z", System.Globalization.CultureInfo.InvariantCulture));
        await calendar.StepAsync(Cancelled);
        var at = calendar.Read(before.Number)!.Value;
        Assert.Equal((At("2026-11-12T13:30:00Z"), At("2026-12-12T13:30:00Z"), before.Surprise), (at.LastRelease, at.NextRelease, at.Surprise));

        for (var minute = 1; minute <= 7; minute++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            await calendar.StepAsync(Cancelled);
        }

        var after = calendar.Read(at.Number)!.Value;
        Assert.NotEqual(before.Surprise, after.Surprise);
        Assert.Equal(At("2026-11-12T13:30:00Z"), calendar.Releases[0].SurpriseOf);
        Assert.InRange(calendar.Releases[0].Surprise!.Value, -6, 6);
    }

    /// <summary>The same instant gives the same surprise whether it is judged then or after later revisions.</summary>
    [Fact]
    public async Task Read_AskedAgainAfterRevisions_HadTheSameSurprise()
    {
        await using var then = await FredWorld.OpenAsync("2026-06-13T00:00:00Z");
        await using var later = await FredWorld.OpenAsync("2026-11-13T00:00:00Z");
        var start = new DateOnly(2021, 1, 1);
        var (seen, now) = (await Vintages(then), await Vintages(later));
        var asOf = new DateOnly(2026, 6, 13);

        Assert.True(now.Count > seen.Count);
        Assert.Equal(
            Economy.Vintages.SurpriseMeter.Of(seen, start, asOf, ChangeKind.Log), Economy.Vintages.SurpriseMeter.Of(now, start, asOf, ChangeKind.Log));

        Task<IReadOnlyList<Economy.Vintages.Vintage>> Vintages(FredWorld world) => world.Client().GetVintagesAsync("CPIAUCSL", start, start, Cancelled);
    }

    [Fact]
    public async Task Step_ADay_ReadsCalendarsFourTimesAndSeriesOnce()
    {
        await using var world = await FredWorld.OpenAsync("2026-11-20T00:00:00Z");
        var calendar = world.Calendar();
        for (var minute = 0; minute < 24 * 60; minute += 10)
        {
            await calendar.StepAsync(Cancelled);
            world.Time.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(7 * 4, world.Fred.Requests.Count(one => one.StartsWith("/fred/release/dates", StringComparison.Ordinal)));
        Assert.Equal(6, world.Fred.Requests.Count(one => one.StartsWith("/fred/series/observations", StringComparison.Ordinal)));
        Assert.Equal(34, world.Ledger.Spend.InDay);
    }

    [Fact]
    public async Task Step_FailsAndWorksAgain_WaitsTwiceAsLongEachTimeAndKeepsTheKnown()
    {
        await using var world = await FredWorld.OpenAsync("2026-11-20T00:00:00Z");
        var calendar = world.Calendar(Prices);
        world.Fred.Faults.Status = 503;
        for (var second = 0; second < 60; second++)
        {
            await calendar.StepAsync(Cancelled);
            Assert.Null(calendar.Read(0));
            world.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(4, world.Fred.Requests.Count); // After 0, 5, 15 and 35 s.
        Assert.Contains("503", calendar.Problem, StringComparison.Ordinal);

        world.Fred.Faults.Status = null;
        world.Time.Advance(TimeSpan.FromMinutes(15));
        await calendar.StepAsync(Cancelled);
        Assert.Null(calendar.Problem);
        Assert.NotNull(calendar.Read(0));

        // FRED fails again: the calendar is known for two days, then nothing is said.
        world.Fred.Faults.Status = 429;
        world.Time.Advance(TimeSpan.FromHours(47));
        await calendar.StepAsync(Cancelled);
        Assert.NotNull(calendar.Read(0));
        world.Time.Advance(TimeSpan.FromHours(2));
        await calendar.StepAsync(Cancelled);
        Assert.Null(calendar.Read(0));
    }

    [Fact]
    public async Task Step_RefusedSeries_LeavesTheOthersAlone()
    {
        await using var world = await FredWorld.OpenAsync("2026-11-20T00:00:00Z");
        var calendar = world.Calendar(new EconomicRelease { Id = 50, Name = "Jobs", Series = "NOSUCH" }, Prices);
        for (var minute = 0; minute < 50; minute++)
        {
            await calendar.StepAsync(Cancelled);
            world.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Single(world.Fred.Requests, one => one.EndsWith("NOSUCH", StringComparison.Ordinal));
        Assert.Contains("400", calendar.Problem, StringComparison.Ordinal);
        Assert.NotNull(calendar.Read(0)!.Value.Surprise);
    }

    [Fact]
    public async Task Read_CalendarOfEveryDay_DoesNotCountAndSaysSo()
    {
        await using var world = await FredWorld.OpenAsync("2026-11-20T00:00:00Z");
        world.Fred.Faults.ListsEveryDay = true;
        var meetings = new EconomicRelease { Id = 101, Name = "FOMC", Time = new(14, 0) };
        var calendar = world.Calendar(meetings);
        await calendar.StepAsync(Cancelled);
        Assert.Equal((Timestamp.Unknown, Timestamp.Unknown), (calendar.Read(0)!.Value.LastRelease, calendar.Read(0)!.Value.NextRelease));
        Assert.Contains("more than 8 dates", calendar.Releases[0].Problem, StringComparison.Ordinal);

        meetings.Dates.Add(new DateOnly(2026, 12, 9));
        var named = world.Calendar(meetings);
        await named.StepAsync(Cancelled);
        Assert.Equal(At("2026-12-09T19:00:00Z"), named.Read(0)!.Value.NextRelease);
    }

    [Fact]
    public async Task IsDue_Notices_AreSentWhenTheyChangeOrAfterFiveMinutes()
    {
        await using var world = await FredWorld.OpenAsync("2026-11-20T00:00:00Z");
        var calendar = world.Calendar(Prices);
        await calendar.StepAsync(Cancelled);
        var clock = new NoticeClock();
        var first = calendar.Read(0)!.Value;
        Assert.True(clock.IsDue(in first));
        clock.Sent(in first);
        Assert.False(clock.IsDue(first with { KnownAt = first.KnownAt + TimeSpan.FromMinutes(4) }));
        Assert.True(clock.IsDue(first with { KnownAt = first.KnownAt + TimeSpan.FromMinutes(5) }));
        Assert.True(clock.IsDue(first with { Surprise = 7 }));
        Assert.Equal(first.Number + 1, calendar.Read(first.Number)!.Value.Number);
    }

    private static Timestamp At(string time) => Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
}
