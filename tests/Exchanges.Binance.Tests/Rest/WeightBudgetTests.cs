using BtcAgent.Exchanges.Binance.Rest;
using Microsoft.Extensions.Time.Testing;

namespace BtcAgent.Exchanges.Binance.Tests.Rest;

public sealed class WeightBudgetTests
{
    private readonly SteppingClock _time = new();

    [Theory]
    [InlineData(-86_400)]
    [InlineData(86_400)]
    public void Close_WallClockSteps_LastsAsLongAsTold(int stepSeconds)
    {
        var budget = new WeightBudget(100, _time);
        budget.Close(TimeSpan.FromSeconds(10));
        _time.Step = TimeSpan.FromSeconds(stepSeconds);
        Assert.False(budget.TrySpend(1));
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(budget.TrySpend(1));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(budget.TrySpend(1));
    }

    [Fact]
    public void Close_ShorterThanTheRunningOne_DoesNotEndItSooner()
    {
        var budget = new WeightBudget(100, _time);
        budget.Close(TimeSpan.FromSeconds(10));
        budget.Close(TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(budget.TrySpend(1));
    }

    /// <summary>Change log of 2026-03-27: successful requests have no weight.</summary>
    [Fact]
    public void Refund_OfWhatWasSpent_NeverGoesBelowWhatTheVenueCounts()
    {
        var budget = new WeightBudget(100, _time);
        Assert.True(budget.TrySpend(10));
        budget.Refund(1);
        Assert.Equal(9, budget.Used);
        budget.Report(40);
        budget.Refund(20);
        Assert.Equal(40, budget.Used);
    }

    [Fact]
    public async Task WaitUntilOpenAsync_Closed_ReturnsWhenThePauseEnds()
    {
        var budget = new WeightBudget(100, _time);
        await budget.WaitUntilOpenAsync(CancellationToken.None);
        budget.Close(TimeSpan.FromSeconds(3));
        var waiting = budget.WaitUntilOpenAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>A wall clock that is set while a monotonic one runs on.</summary>
    private sealed class SteppingClock() : FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_700_000_040))
    {
        public TimeSpan Step { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Step;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
