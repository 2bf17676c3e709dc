using BtcAgent.Economy.Budgets;
using BtcAgent.Economy.Settings;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Economy.Tests.Budgets;

public sealed class RequestBudgetTests
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 30, 23, 50, 0, TimeSpan.Zero));
    private readonly MemoryLedger _ledger = new();
    private readonly FredOptions _options = new() { RequestsPerMinuteMax = 3, RequestsPerDayMax = 5 };

    [Fact]
    public async Task TrySpend_RestartsInTheMinute_KeepTheLimit()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await Restarted().TrySpendAsync(Cancelled));
        }

        var next = await Restarted().TrySpendAsync(Cancelled);
        Assert.Equal(_time.GetUtcNow().AddMinutes(1), next!.Value.ToDateTimeOffset());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(await Restarted().TrySpendAsync(Cancelled));
    }

    [Fact]
    public async Task TrySpend_DayIsSpent_AllowsTheNextDay()
    {
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.Null(await Restarted().TrySpendAsync(Cancelled));
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), (await Restarted().TrySpendAsync(Cancelled))!.Value.ToDateTimeOffset());
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(await Restarted().TrySpendAsync(Cancelled));
        Assert.Equal(1, _ledger.Spend.InDay);
    }

    /// <summary>A clock that goes back gives no second day.</summary>
    [Fact]
    public async Task TrySpend_ClockSetBack_SpendsNoDayTwice()
    {
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Restarted().TrySpendAsync(Cancelled);
        }

        var back = new FakeTimeProvider(_time.GetUtcNow().AddDays(-2));
        Assert.NotNull(await new RequestBudget(_ledger, _options, back).TrySpendAsync(Cancelled));
    }

    private RequestBudget Restarted() => new(_ledger, _options, _time);
}
