using System.Globalization;
using System.Text.Json;
using BtcAgent.Domain;
using BtcAgent.Social.Budgets;

namespace BtcAgent.Social.Tests.Budgets;

public sealed class BudgetGovernorTests
{
    private readonly BudgetOptions _options =
        new() { ReadsPerDayMax = 100, ReadsPerMonthMax = 250, DollarsPerDayMax = 1, DollarsPerMonthMax = 2, DollarsPerAuthor = 0 };

    [Fact]
    public void TryReserve_BeyondTheDay_IsRefusedWithTheNumbers()
    {
        var governor = new BudgetGovernor(_options);
        var first = governor.TryReserve(BudgetState.Empty, 0, At("2026-11-30T12:00"), BudgetUse.Posts, 90);
        var second = governor.TryReserve(first.State, 0, At("2026-11-30T12:01"), BudgetUse.Posts, 11);
        Assert.NotNull(first.Reservation);
        Assert.Null(second.Reservation);
        Assert.Equal("11 more reads would make 101 of 100 in the day of 2026-11-30", second.Reason);
        Assert.Same(first.State, second.State);
        Assert.NotNull(governor.TryReserve(first.State, 0, At("2026-11-30T12:01"), BudgetUse.Posts, 10).Reservation);
    }

    [Fact]
    public void TryReserve_AnEarlierOneHasEndedUnsettled_ForgetsItAndKeepsItSpent()
    {
        var governor = new BudgetGovernor(_options);
        var first = governor.TryReserve(BudgetState.Empty, 0, At("2026-11-30T12:00"), BudgetUse.Posts, 10);
        var soon = governor.TryReserve(first.State, 0, At("2026-11-30T12:04"), BudgetUse.Posts, 1);
        var later = governor.TryReserve(soon.State, 0, At("2026-11-30T12:05"), BudgetUse.Posts, 1);
        Assert.Equal([first.Reservation!, soon.Reservation!], soon.State.Open);
        Assert.Equal([soon.Reservation!, later.Reservation!], later.State.Open);
        Assert.Equal(12, later.State.OfDay(new(2026, 11, 30)).Reads);
        Assert.Same(later.State, governor.Settle(later.State, 0, first.Reservation!.Id, 0));
    }

    [Fact]
    public void TryReserve_BudgetExhaustedInMidMonth_IsRefusedUntilTheNextMonth()
    {
        var governor = new BudgetGovernor(_options);
        var state = BudgetState.Empty;
        foreach (var day in new[] { "10", "11" })
        {
            state = governor.TryReserve(state, 0, At($"2026-11-{day}T12:00"), BudgetUse.Posts, 100).State;
        }

        state = governor.TryReserve(state, 0, At("2026-11-12T12:00"), BudgetUse.Posts, 50).State;
        Assert.Equal(250, state.OfMonth(new(2026, 11, 12)).Reads);
        Assert.Contains("251 of 250 in the month of 2026-11-01", governor.TryReserve(state, 0, At("2026-11-13T12:00"), BudgetUse.Posts, 1).Reason, StringComparison.Ordinal);
        Assert.NotNull(governor.TryReserve(state, 0, At("2026-12-01T12:00"), BudgetUse.Posts, 100).Reservation);
    }

    [Fact]
    public void TryReserve_AcrossMidnightOfTheMonth_CountsInBothDaysAndMonths()
    {
        var state = new BudgetGovernor(_options).TryReserve(BudgetState.Empty, 0, At("2026-11-30T23:58"), BudgetUse.Posts, 5).State;
        Assert.Equal([(new(2026, 11, 30), 5L), (new(2026, 12, 1), 5L)], state.Days.Select(day => (day.Start, day.Reads)));
        Assert.Equal([(new(2026, 11, 1), 5L), (new(2026, 12, 1), 5L)], state.Months.Select(month => (month.Start, month.Reads)));
    }

    [Theory]
    [InlineData("2026-11-29T23:53:30", 1)]
    [InlineData("2026-11-29T23:54:30", 2)]
    [InlineData("2026-11-30T00:00:30", 2)]
    [InlineData("2026-11-30T00:01:30", 1)]
    public void TryReserve_WithinTheClockToleranceOfMidnight_CountsInBothDays(string time, int days)
    {
        var state = new BudgetGovernor(_options).TryReserve(BudgetState.Empty, 0, At(time), BudgetUse.Posts, 5).State;
        Assert.Equal(days, state.Days.Length);
        Assert.Single(state.Months);
    }

    [Fact]
    public void Settle_Partly_ReturnsTheRest()
    {
        var governor = new BudgetGovernor(_options);
        var step = governor.TryReserve(BudgetState.Empty, 0, At("2026-11-30T12:00"), BudgetUse.Posts, 90);
        var state = governor.Settle(step.State, 0, step.Reservation!.Id, 30);
        Assert.Equal(new BudgetSpend(new(2026, 11, 30), 30, 0, 0.15m), state.OfDay(new(2026, 11, 30)));
        Assert.Empty(state.Open);
        Assert.Same(state, governor.Settle(state, 0, step.Reservation.Id, 0));
    }

    [Fact]
    public void Renew_Refused_KeepsTheFirstReservation()
    {
        var governor = new BudgetGovernor(_options);
        var step = governor.TryReserve(BudgetState.Empty, 0, At("2026-11-30T12:00"), BudgetUse.Posts, 60);
        Assert.Same(step.State, governor.Renew(step.State, 0, At("2026-11-30T12:01"), step.Reservation!, 50, 51).State);
        var renewed = governor.Renew(step.State, 0, At("2026-11-30T12:01"), step.Reservation!, 50, 50);
        Assert.Equal(100, renewed.State.OfDay(new(2026, 11, 30)).Reads);
        Assert.Equal(step.State.Revision + 1, renewed.State.Revision);
    }

    [Fact]
    public void TakeOver_LaterOwner_KeepsReservationsSpentAndRefusesTheEarlierOne()
    {
        var governor = new BudgetGovernor(_options);
        var step = governor.TryReserve(governor.TakeOver(BudgetState.Empty, 1)!, 1, At("2026-11-30T12:00"), BudgetUse.Posts, 90);
        var state = governor.TakeOver(step.State, 2)!;
        Assert.Same(state, governor.Settle(state, 1, step.Reservation!.Id, 0));
        Assert.Equal("the budget has another owner: lease 2, not 1", governor.TryReserve(state, 1, At("2026-11-30T12:01"), BudgetUse.Posts, 1).Reason);
        Assert.Null(governor.TakeOver(state, 1));
        Assert.Equal(90, state.OfDay(new(2026, 11, 30)).Reads);
    }

    [Theory]
    [InlineData(69, BudgetLevel.Stream)]
    [InlineData(70, BudgetLevel.Sampled)]
    [InlineData(89, BudgetLevel.Sampled)]
    [InlineData(90, BudgetLevel.Counts)]
    [InlineData(100, BudgetLevel.Counts)]
    public void Choose_ShareUsed_DegradesBeforeTheLimit(int used, BudgetLevel expected)
    {
        var governor = new BudgetGovernor(_options);
        var state = governor.TryReserve(BudgetState.Empty, 0, At("2026-11-30T12:00"), BudgetUse.Posts, used).State;
        var plan = governor.Choose(state, At("2026-11-30T12:01")).Plan;
        Assert.Equal(expected, plan.Level);
        Assert.Equal($"{used}.0 % of 100 reads of the day is used or reserved", plan.Reason);
    }

    [Fact]
    public void Choose_NoDollarLeft_IsOffUntilTomorrow()
    {
        var governor = new BudgetGovernor(_options);
        var state = governor.TryReserve(BudgetState.Empty, 0, At("2026-11-10T12:00"), BudgetUse.Counts, 200).State;
        (state, var plan) = governor.Choose(state, At("2026-11-10T12:01"));
        Assert.Equal((BudgetLevel.Off, At("2026-11-11T00:01")), (plan.Level, plan.Until));
        Assert.Equal(BudgetLevel.Off, governor.Choose(state, At("2026-11-11T00:00:59")).Plan.Level);
        Assert.Equal(BudgetLevel.Stream, governor.Choose(state, At("2026-11-11T00:01")).Plan.Level);
    }

    [Fact]
    public void Choose_Refund_DoesNotRaiseTheLevelWithinTheDay()
    {
        var governor = new BudgetGovernor(_options);
        var step = governor.TryReserve(BudgetState.Empty, 0, At("2026-11-30T12:00"), BudgetUse.Posts, 80);
        var (state, _) = governor.Choose(step.State, At("2026-11-30T12:01"));
        state = governor.Settle(state, 0, step.Reservation!.Id, 0);
        Assert.Equal(BudgetLevel.Sampled, governor.Choose(state, At("2026-11-30T13:00")).Plan.Level);
        _options.ReadsPerDayMax = 200;
        Assert.Equal(BudgetLevel.Stream, new BudgetGovernor(_options).Choose(state, At("2026-11-30T13:00")).Plan.Level);
    }

    [Fact]
    public void Choose_Counts_LastForTheDayAndTheMonth()
    {
        var governor = new BudgetGovernor(_options);
        var state = governor.TryReserve(BudgetState.Empty, 0, At("2026-11-30T12:00"), BudgetUse.Posts, 100).State;
        var plan = governor.Choose(state, At("2026-11-30T14:01")).Plan;
        Assert.Equal(TimeSpan.FromHours(10) / 100, plan.CountsEvery);
    }

    [Fact]
    public void Json_State_RoundTrips()
    {
        var governor = new BudgetGovernor(_options);
        var state = governor.Choose(governor.TryReserve(BudgetState.Empty, 0, At("2026-11-30T23:58"), BudgetUse.Posts, 5).State, At("2026-11-30T23:58")).State;
        var json = JsonSerializer.Serialize(state);
        var read = JsonSerializer.Deserialize<BudgetState>(json)!;
        Assert.Equal(json, JsonSerializer.Serialize(read));
        Assert.Equal(state.Open, read.Open);
        Assert.Equal((state.Revision, state.Level, state.LevelLimits), (read.Revision, read.Level, read.LevelLimits));
    }

    private static Timestamp At(string time) => Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(time + "Z", CultureInfo.InvariantCulture));
}
