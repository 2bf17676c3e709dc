using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Tests.Orders;

namespace BtcAgent.Domain.Tests.Risk;

/// <summary>Breakers on the agent's health, and limits changed live.</summary>
public sealed class SystemBreakerTests
{
    private const double CoolOffMs = 15 * 60_000;

    public static TheoryData<string> Figures => ["feed", "latency", "errors", "rejects", "slippage", "delay", "sinks"];

    [Theory]
    [MemberData(nameof(Figures))]
    public void Watch_Figure_TripsOnlyBeyondItsLimitAndLetsGoBelowFourFifthsAfterCoolOff(string figure)
    {
        var engine = Engine();
        engine.Watch(Health(figure, 100), OrderFixture.At(0));
        Assert.Equal(BreakerMode.Active, engine.Breaker.Mode);
        engine.Watch(Health(figure, 100.01m), OrderFixture.At(1));
        Assert.Equal(BreakerMode.Reducing, engine.Breaker.Mode);

        engine.Watch(Health(figure, 80.01m), OrderFixture.At(1 + CoolOffMs));
        Assert.Equal(BreakerMode.Reducing, engine.Breaker.Mode);
        engine.Watch(Health(figure, 80), OrderFixture.At(CoolOffMs));
        Assert.Equal(BreakerMode.Reducing, engine.Breaker.Mode);
        engine.Watch(RiskFixture.UnknownHealth, OrderFixture.At(1 + CoolOffMs));
        Assert.Equal(figure is "feed" or "sinks" ? BreakerMode.Reducing : BreakerMode.Active, engine.Breaker.Mode);
        engine.Watch(Health(figure, 80), OrderFixture.At(1 + CoolOffMs));
        Assert.Equal(BreakerMode.Active, engine.Breaker.Mode);
    }

    /// <summary>
    /// While the breaker refuses orders nothing new is measured: the bad values leave the window and are not replaced.
    /// </summary>
    [Theory]
    [InlineData("latency", "LATENCY_P99 (TickToOrder 1432 over 100)")]
    [InlineData("errors", "ERROR_RATE (1432 over 100)")]
    [InlineData("rejects", "REJECT_RATE (1432 over 100)")]
    [InlineData("slippage", "SLIPPAGE (1432 over 100)")]
    [InlineData("delay", "FILL_DELAY (1432 over 100)")]
    public void Watch_FigureLeftItsWindow_LetsGoByItself(string figure, string words)
    {
        var engine = Engine();
        engine.Watch(Health(figure, 1_432), OrderFixture.At(0));
        Assert.Equal($"SYSTEM_BREAKER: {words}", engine.Breaker.Reason);

        engine.Watch(RiskFixture.UnknownHealth, OrderFixture.At(CoolOffMs - 1));
        Assert.Equal(BreakerMode.Reducing, engine.Breaker.Mode);
        engine.Watch(RiskFixture.UnknownHealth, OrderFixture.At(CoolOffMs));
        Assert.Equal(BreakerMode.Active, engine.Breaker.Mode);
    }

    [Theory]
    [InlineData(BreakerAction.Halt, false)]
    [InlineData(BreakerAction.Flatten, true)]
    public void Watch_HaltOrFlatten_StaysUntilAnOperatorResumes(BreakerAction action, bool closes)
    {
        var engine = Engine(action);
        engine.Watch(Health("errors", 101), OrderFixture.At(0));
        Assert.Equal(BreakerMode.Halted, engine.Breaker.Mode);
        Assert.Equal(closes, engine.TakeFlatten());
        engine.Watch(Health("errors", 0), OrderFixture.At(2 * CoolOffMs));
        Assert.Equal(BreakerMode.Halted, engine.Breaker.Mode);
        Assert.True(engine.Resume("fixed", OrderFixture.At(2 * CoolOffMs)));
    }

    [Fact]
    public void Watch_Deny_RefusesOnlyWhatAddsRisk()
    {
        var engine = Engine(BreakerAction.Deny);
        engine.Watch(Health("rejects", 101), OrderFixture.At(0));
        Assert.Equal(BreakerMode.Active, engine.Breaker.Mode);
        Assert.Null(engine.Assess(RiskFixture.Input()).Intent);
        Assert.NotNull(engine.Assess(RiskFixture.Input(Domain.Signals.SignalDirection.Flat, position: 0.5m)).Intent);
    }

    [Fact]
    public void Restart_TrippedBreaker_StaysTripped()
    {
        var engine = Engine();
        engine.Watch(Health("sinks", 101), OrderFixture.At(0));
        var again = new RiskEngine("paper", Limits(BreakerAction.Reduce), new SizingOptions(), engine.ToState());
        Assert.Equal(BreakerMode.Reducing, again.Breaker.Mode);
        again.Watch(Health("sinks", 1), OrderFixture.At(CoolOffMs));
        Assert.Equal(BreakerMode.Active, again.Breaker.Mode);
    }

    [Theory]
    [InlineData(5_000, 5_000, false)]
    [InlineData(10_000, 10_000, false)]
    [InlineData(20_000, 10_000, true)]
    public void Restart_Configuration_TightensButNeverLoosens(int configured, int inForce, bool heldBack)
    {
        var before = new RiskEngine("paper", new RiskLimits { MaxOrderNotional = 10_000 }, new SizingOptions());
        var after = new RiskEngine("paper", new RiskLimits { MaxOrderNotional = configured }, new SizingOptions(), before.ToState());
        Assert.Equal(inForce, after.Limits.MaxOrderNotional);
        Assert.Equal(heldBack, after.HeldBack.Contains(nameof(RiskLimits.MaxOrderNotional)));
    }

    [Fact]
    public void ChangeLimit_CountsAtOnceAndOverRestarts()
    {
        var engine = new RiskEngine("paper", new RiskLimits { MaxOrderNotional = 10_000 }, new SizingOptions());
        var change = engine.ChangeLimit(nameof(RiskLimits.MaxOrderNotional), 20_000, "ann", "more room", OrderFixture.At(0));
        Assert.Equal(10_000, change.From);
        var decision = engine.Assess(RiskFixture.Input());
        Assert.Equal(20_000, decision.Checks.Single(check => check.Code == RiskCodes.MaxOrderNotional).Limit);

        var after = new RiskEngine("paper", new RiskLimits { MaxOrderNotional = 10_000 }, new SizingOptions(), engine.ToState());
        Assert.Equal(20_000, after.Limits.MaxOrderNotional);
        Assert.Equal(change, Assert.Single(after.ToState().Changes));
    }

    [Theory]
    [InlineData("MaxOrderNotionals", 1)]
    [InlineData(nameof(RiskLimits.MaxDrawdown), 1.01)]
    [InlineData(nameof(RiskLimits.MaxDrawdown), -0.01)]
    public void ChangeLimit_UnknownOrOutOfRange_IsRefusedAndChangesNothing(string name, double value)
    {
        var engine = new RiskEngine("paper", new RiskLimits(), new SizingOptions());
        var version = engine.Version;
        Assert.Throws<ArgumentException>(() => engine.ChangeLimit(name, (decimal)value, "ann", "try", OrderFixture.At(0)));
        Assert.Equal(version, engine.Version);
    }

    private static RiskEngine Engine(BreakerAction action = BreakerAction.Reduce) => new("paper", Limits(action), new SizingOptions());

    private static RiskLimits Limits(BreakerAction action) => new()
    {
        CoolOffMinutes = 15,
        System = new SystemLimits
        {
            Action = action,
            FeedStalenessMs = 100,
            LatencyP99Ms = 100,
            ErrorRate = 100,
            RejectRate = 100,
            SlippageBps = 100,
            FillDelayMs = 100,
            SinkLagSeconds = 100,
        },
    };

    private static SystemHealth Health(string figure, decimal value) => figure switch
    {
        "feed" => RiskFixture.UnknownHealth with { FeedStalenessMs = value },
        "latency" => RiskFixture.UnknownHealth with { LatencyP99Ms = value, LatencyStage = "TickToOrder" },
        "errors" => RiskFixture.UnknownHealth with { ErrorRate = value },
        "rejects" => RiskFixture.UnknownHealth with { RejectRate = value },
        "slippage" => RiskFixture.UnknownHealth with { SlippageBps = value },
        "delay" => RiskFixture.UnknownHealth with { FillDelayMs = value },
        _ => RiskFixture.UnknownHealth with { SinkLagSeconds = value },
    };
}
