using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Tests.Orders;

namespace BtcAgent.Domain.Tests.Risk;

/// <summary>The breaker's cause decides what moves it back, whatever the text of its reason.</summary>
public sealed class BreakerCauseTests
{
    private const double CoolOffMs = 15 * 60_000;

    [Fact]
    public void Watch_ReducedByACommandThatNamesABreaker_StaysReducedWhenHealthIsBack()
    {
        var engine = Engine();
        Trip(engine);
        engine.Resume("looked at", OrderFixture.At(1));
        engine.Reduce("SYSTEM_BREAKER: by hand, to be sure", OrderFixture.At(2));

        engine.Watch(RiskFixture.UnknownHealth with { ErrorRate = 0 }, OrderFixture.At(2 * CoolOffMs));

        Assert.Equal(BreakerMode.Reducing, engine.Breaker.Mode);
        Assert.Equal(BreakerCause.Command, engine.ToState().Cause);
    }

    [Fact]
    public void Watch_StateOfBeforeCausesWereKept_LetsGoOfABreakerOnHealth()
    {
        var tripped = Engine();
        Trip(tripped);
        var engine = Engine(tripped.ToState() with { Cause = null });

        engine.Watch(RiskFixture.UnknownHealth with { ErrorRate = 0 }, OrderFixture.At(CoolOffMs));

        Assert.Equal((BreakerMode.Active, BreakerCause.Recovery), (engine.Breaker.Mode, engine.ToState().Cause));
    }

    private static void Trip(RiskEngine engine)
    {
        engine.Watch(RiskFixture.UnknownHealth with { ErrorRate = 0.99m }, OrderFixture.At(0));
        Assert.Equal((BreakerMode.Reducing, BreakerCause.Health), (engine.Breaker.Mode, engine.ToState().Cause));
    }

    private static RiskEngine Engine(RiskState? state = null) =>
        new("main", new RiskLimits { CoolOffMinutes = 15, System = new SystemLimits { ErrorRate = 0.5m } }, new SizingOptions(), state);
}
