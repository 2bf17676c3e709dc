using System.Text.Json;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;
using static BtcAgent.Domain.Tests.Risk.RiskFixture;

namespace BtcAgent.Domain.Tests.Risk;

public sealed class CircuitBreakerTests
{
    private const double HalfDayMs = 43_200_000;

    [Theory]
    [InlineData(97_000, BreakerMode.Active)]
    [InlineData(96_999, BreakerMode.Reducing)]
    [InlineData(85_000, BreakerMode.Reducing)]
    [InlineData(84_999, BreakerMode.Halted)]
    public void Assess_LossAtLimit_MovesBreakerOnlyBeyond(decimal equity, BreakerMode expected)
    {
        var engine = Engine(new RiskLimits());
        engine.Assess(Input(SignalDirection.Flat));
        var version = engine.Version;
        var decision = engine.Assess(Input(SignalDirection.Flat, equity: equity, atMs: 1));
        Assert.Equal(expected, engine.Breaker.Mode);
        Assert.Equal(engine.Breaker, decision.Breaker);
        Assert.Equal(expected != BreakerMode.Active, version != engine.Version);
    }

    [Fact]
    public void Assess_DailyLoss_OnlyReducesUntilNextUtcDay()
    {
        var engine = Engine(new RiskLimits());
        AssertReducing(engine.Assess(Input(equity: 96_000)));
        Assert.Contains("DAILY_LOSS", engine.Breaker.Reason, StringComparison.Ordinal);
        AssertApproved(engine.Assess(Input(SignalDirection.Flat, position: 1, equity: 96_000, atMs: 10)));
        AssertReducing(engine.Assess(Input(equity: 99_000, atMs: HalfDayMs - 1)));
        AssertApproved(engine.Assess(Input(equity: 99_000, atMs: HalfDayMs)));
        Assert.Equal(BreakerMode.Active, engine.Breaker.Mode);
    }

    [Fact]
    public void Assess_Reducing_ClipsFlipToZero()
    {
        var limits = Wide();
        limits.AllowShort = true;
        var engine = Engine(limits);
        engine.Reduce("drill", At(0));
        var decision = engine.Assess(Input(SignalDirection.Short, position: 0.3m));
        Assert.Equal(Quantity.Parse("0.3"), AssertApproved(decision).Quantity);
        Assert.True(decision.Intent!.ReducesRisk);
        AssertRefused(engine.Assess(Input(SignalDirection.Short)), RiskCodes.Reducing);
    }

    [Fact]
    public void Assess_Halted_RefusesExitsToo()
    {
        var engine = Engine();
        engine.Halt("operator", At(5));
        Assert.Equal(new BreakerState(BreakerMode.Halted, "operator", At(5)), engine.Breaker);
        AssertRefused(engine.Assess(Input(SignalDirection.Flat, position: 1)), RiskCodes.Halted);
    }

    [Fact]
    public void Assess_DrawdownHalt_StaysOverDaysUntilResume()
    {
        var engine = Engine(new RiskLimits());
        engine.Assess(Input(equity: 80_000));
        engine.Assess(Input(equity: 100_000, atMs: HalfDayMs * 4));
        Assert.Equal(BreakerMode.Halted, engine.Breaker.Mode);
        Assert.Contains("DRAWDOWN", engine.Breaker.Reason, StringComparison.Ordinal);
        Assert.True(engine.Resume("looked at", At(HalfDayMs * 4)));
        Assert.False(engine.Resume("again", At(HalfDayMs * 4)));
        Assert.Equal("looked at", engine.Breaker.Reason);
    }

    [Theory]
    [InlineData(77_601, BreakerMode.Active)]
    [InlineData(77_599, BreakerMode.Reducing)]
    [InlineData(67_999, BreakerMode.Halted)]
    public void Resume_AfterLoss_MeasuresFromTheEquityFound(decimal later, BreakerMode expected)
    {
        var engine = Engine(new RiskLimits());
        engine.Assess(Input(equity: 80_000));
        engine.Resume("looked at", At(1));
        engine.Assess(Input(SignalDirection.Flat, equity: 80_000, atMs: 2));
        Assert.Equal(BreakerMode.Active, engine.Breaker.Mode);
        engine = Engine(new RiskLimits(), state: engine.ToState());
        engine.Assess(Input(SignalDirection.Flat, equity: later, atMs: 3));
        Assert.Equal(expected, engine.Breaker.Mode);
    }

    [Fact]
    public void Resume_ThenNewPeak_DrawdownCountsFromThePeak()
    {
        var limits = Wide();
        limits.MaxDrawdown = 0.15m;
        var engine = Engine(limits);
        engine.Assess(Input(equity: 50_000));
        engine.Resume("looked at", At(1));
        engine.Assess(Input(SignalDirection.Flat, equity: 50_000, atMs: 2));
        engine.Assess(Input(SignalDirection.Flat, equity: 60_000, atMs: 3));
        engine.Assess(Input(SignalDirection.Flat, equity: 51_000, atMs: 4));
        Assert.Equal(BreakerMode.Active, engine.Breaker.Mode);
        engine.Assess(Input(SignalDirection.Flat, equity: 50_999, atMs: 5));
        Assert.Equal(BreakerMode.Halted, engine.Breaker.Mode);
    }

    [Fact]
    public void Reduce_ByOperator_DoesNotEndWithTheDayNorLoosenHalt()
    {
        var engine = Engine();
        engine.Reduce("operator", At(0));
        engine.Assess(Input(SignalDirection.Flat, atMs: HalfDayMs * 3));
        Assert.Equal(BreakerMode.Reducing, engine.Breaker.Mode);
        engine.Halt("operator", At(1));
        engine.Reduce("operator", At(2));
        Assert.Equal(BreakerMode.Halted, engine.Breaker.Mode);
    }

    [Fact]
    public void ToState_ThroughJson_KeepsBreaker()
    {
        var engine = Engine(new RiskLimits());
        AssertApproved(engine.Assess(Input()));
        engine.Assess(Input(equity: 96_000, atMs: 1));
        var state = JsonSerializer.Deserialize<RiskState>(JsonSerializer.Serialize(engine.ToState()))!;
        Assert.Equal(JsonSerializer.Serialize(engine.ToState()), JsonSerializer.Serialize(state));
        Assert.Equal(engine.Breaker, Engine(state: state).Breaker);
    }

    private static void AssertReducing(RiskDecision decision)
    {
        Assert.Equal(RiskOutcome.Rejected, decision.Outcome);
        Assert.False(decision.Check(RiskCodes.Reducing).Passed);
    }
}
