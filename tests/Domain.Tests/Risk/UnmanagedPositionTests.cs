using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;
using static BtcAgent.Domain.Tests.Risk.RiskFixture;

namespace BtcAgent.Domain.Tests.Risk;

/// <summary>
/// A position whose strategy cannot judge it, as after a restart, is guarded by a stop and only ever reduced.
/// </summary>
public sealed class UnmanagedPositionTests
{
    [Theory]
    [InlineData(SignalGate.ModelNotReady, "49002", false)]
    [InlineData(SignalGate.ModelNotReady, "48998", true)]
    [InlineData(SignalGate.NotWarm, "48998", true)]
    [InlineData("LOW_CONFIDENCE", "40000", false)]
    public void Assess_StrategyCannotJudge_ClosesBeyondTheStop(string refusal, string mid, bool closes)
    {
        var decision = Engine().Assess(Refused(refusal, 0.5m, mid));

        Assert.Equal(closes, decision.Intent is not null);
        if (closes)
        {
            Assert.Equal((Side.Sell, Quantity.Parse("0.5"), true), (decision.Intent!.Side, decision.Intent.Quantity, decision.Intent.ReducesRisk));
            Assert.False(decision.Check(RiskCodes.UnmanagedStop).Passed);
        }
        else
        {
            Assert.Equal(RiskOutcome.Hold, decision.Outcome);
            Assert.StartsWith($"signal refused: {refusal}", decision.Summary, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Assess_WithinTheStop_HoldsAndSaysThatItOnlyReduces() => Assert.Equal(
        "signal refused: MODEL_NOT_READY; until then reduce only: the position has lost 100 bps and is closed beyond 200",
        Engine().Assess(Refused(SignalGate.ModelNotReady, 0.5m, "49500")).Summary);

    [Theory]
    [InlineData("51002", true)]
    [InlineData("50998", false)]
    public void Assess_ShortPosition_IsBoughtBack(string mid, bool closes)
    {
        var limits = Wide();
        limits.AllowShort = true;
        var decision = Engine(limits).Assess(Refused(SignalGate.ModelNotReady, -0.5m, mid));
        Assert.Equal(closes ? Side.Buy : null, decision.Intent?.Side);
    }

    [Fact]
    public void Assess_NoPositionOrNoStop_LeavesItAlone()
    {
        Assert.Equal(RiskOutcome.Hold, Engine().Assess(Refused(SignalGate.ModelNotReady, 0, "40000")).Outcome);
        var limits = Wide();
        limits.UnmanagedStopBps = null;
        Assert.Equal(RiskOutcome.Hold, Engine(limits).Assess(Refused(SignalGate.ModelNotReady, 0.5m, "40000")).Outcome);
    }

    [Fact]
    public void Assess_Halted_SellsNothing()
    {
        var engine = Engine();
        engine.Halt("operator", Orders.OrderFixture.At(0));
        AssertRefusedWith(engine.Assess(Refused(SignalGate.ModelNotReady, 0.5m, "40000")), RiskCodes.Halted);
    }

    private static void AssertRefusedWith(RiskDecision decision, string code)
    {
        Assert.Null(decision.Intent);
        Assert.False(decision.Check(code).Passed);
    }

    private static RiskInput Refused(string code, decimal position, string mid)
    {
        var input = Input(position: position);
        return input with
        {
            Signal = input.Signal with { Refusals = [new SignalRefusal(code, "why")] },
            Sample = input.Sample with { Quote = QuoteOf(mid, mid) with { Ask = Price.Parse(mid) + Price.FromUnits(1) } },
        };
    }
}
