using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Domain.Tests.Risk;

/// <summary>A strategy opens a position only if its expected move pays for the round trip, and says so when it waits.</summary>
public sealed class CostGateTests
{
    /// <summary>20 bps of fees, a spread of 0.4 at mid 50,000 (49,999 and 50,001), and the margin of 1.1: 22.44 in all.</summary>
    private static readonly PlacementOptions Fees = new PlacementOptions().WithFee(10);

    [Theory]
    [InlineData(22.44, RiskOutcome.Approved)]
    [InlineData(22.43, RiskOutcome.Hold)]
    public void Assess_ExpectedMove_MustPayFeesSpreadAndMargin(double moveBps, RiskOutcome outcome) =>
        Assert.Equal(outcome, Engine().Assess(Expecting(moveBps)).Outcome);

    [Fact]
    public void Assess_TooLittleExpected_WaitsAndStatesTheNumbers()
    {
        var decision = Engine().Assess(Expecting(3.1));

        Assert.Equal("expected 3.1 bps, a round trip must earn 22.4 bps: waits", decision.Summary);
        Assert.Equal(RiskCodes.ExpectedCost, Assert.Single(decision.Checks, check => !check.Passed).Code);
    }

    [Fact]
    public void Assess_TooLittleExpectedAndAnotherRuleFails_IsRejected()
    {
        var engine = Engine();
        engine.Halt("test", Tests.Orders.OrderFixture.At(0));

        Assert.Equal(RiskOutcome.Rejected, engine.Assess(Expecting(3.1)).Outcome);
    }

    [Fact]
    public void Assess_NoExpectedMove_IsNotCompared() =>
        Assert.Equal(RiskOutcome.Approved, Engine().Assess(RiskFixture.Input()).Outcome);

    [Fact]
    public void Assess_ClosingOrder_IsNotCompared()
    {
        var input = RiskFixture.Input(SignalDirection.Flat, position: 0.1m);
        input = input with { Signal = input.Signal with { ExpectedMoveBps = 0 } };

        Assert.Equal(RiskOutcome.Approved, Engine().Assess(input).Outcome);
    }

    [Fact]
    public void Assess_SlippageAndLowerFees_CountOnBothSides()
    {
        var options = new PlacementOptions { TakerFeeBps = 1, SlippageBps = 2, CostMargin = 1 }.WithFee(10);
        var engine = new RiskEngine("paper", new RiskLimits(), new SizingOptions(), placement: options);

        Assert.Equal(6.4m, engine.Assess(Expecting(3)).Checks.Single(check => check.Code == RiskCodes.ExpectedCost).Value);
    }

    [Fact]
    public void Evidence_OfAWaitingDecision_ReproducesIt()
    {
        var input = Expecting(3.1);
        var decision = Engine().Assess(input);

        var again = decision.Evidence!.ToEngine().Assess(decision.Evidence.ToInput(input.Signal, input.Sample));

        Assert.Equal((decision.Outcome, decision.Summary), (again.Outcome, again.Summary));
    }

    [Fact]
    public void Assess_NothingWanted_StatesTheModelsReason()
    {
        var input = RiskFixture.Input(SignalDirection.Flat);
        input = input with { Signal = input.Signal with { Reason = "score 0.12, enters at 0.6" } };

        Assert.Equal("no position wanted: score 0.12, enters at 0.6", Engine().Assess(input).Summary);
    }

    [Fact]
    public void Assess_ShortWithNothingToSell_SaysSo()
    {
        var input = RiskFixture.Input(SignalDirection.Short);
        input = input with { Signal = input.Signal with { Reason = "score -1.00, enters at 0.6" } };

        Assert.Equal("short wanted, but a spot account holds nothing to sell: score -1.00, enters at 0.6", Engine().Assess(input).Summary);
    }

    private static RiskEngine Engine() => new("paper", new RiskLimits(), new SizingOptions(), placement: Fees);

    private static RiskInput Expecting(double moveBps)
    {
        var input = RiskFixture.Input();
        return input with { Signal = input.Signal with { ExpectedMoveBps = moveBps } };
    }
}
