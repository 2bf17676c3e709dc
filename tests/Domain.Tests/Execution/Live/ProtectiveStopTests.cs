using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Orders;
using BtcAgent.Domain.Portfolios;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Execution.Live;

public sealed class ProtectiveStopTests
{
    private static readonly ProtectiveStop Stop = new("paper", Rules, distanceBps: 500);

    [Fact]
    public void Next_NothingProtectsThePosition_PlacesAStopBelowTheMark()
    {
        var step = Stop.Next(Holding(0.123456789m, 50_000.01m), []);
        Assert.Equal(new ProtectiveStep(ProtectiveAction.Place, Quantity.Parse("0.12345"), Price.Parse("47500"), 50_000.01m), step);

        var intent = Stop.IntentOf(step, At(7));
        Assert.StartsWith("ba-stop-", intent.ClientOrderId, StringComparison.Ordinal);
        Assert.Equal((Side.Sell, OrderType.StopLoss, step.Quantity, step.StopPrice), (intent.Side, intent.Type, intent.Quantity, intent.StopPrice));
        Assert.Equal(("paper", Btc, At(7), 50_000.01m, true), (intent.Portfolio, intent.Instrument, intent.EventTime, intent.ReferencePrice, intent.ReducesRisk));
        Assert.Null(intent.LimitPrice);
    }

    [Fact]
    public void Next_ItProtectsWhatIsHeld_DoesNothing() =>
        Assert.Equal(ProtectiveStep.Nothing, Stop.Next(Holding(1.000001m), [Resting("ba-stop-1", Side.Sell, "1")]));

    [Theory]
    [InlineData("0.5")]
    [InlineData("2")]
    public void Next_ItProtectsAnotherQuantity_MakesWay(string protectedQuantity) =>
        Assert.Equal(ProtectiveStep.MakeWay, Stop.Next(Holding(1), [Resting("ba-stop-1", Side.Sell, protectedQuantity)]));

    [Fact]
    public void Next_PositionIsClosed_MakesWay() => Assert.Equal(ProtectiveStep.MakeWay, Stop.Next(null, [Resting("ba-stop-1", Side.Sell, "1")]));

    [Fact]
    public void Next_PartOfItHasSold_ComparesTheRest()
    {
        var half = Resting("ba-stop-1", Side.Sell, "1") with { FilledQuantity = Quantity.Parse("0.4") };
        Assert.Equal(ProtectiveStep.Nothing, Stop.Next(Holding(0.6m), [half]));
        Assert.Equal(ProtectiveStep.MakeWay, Stop.Next(Holding(1), [half]));
    }

    [Fact]
    public void Next_AnotherOrderSells_DoesNothing() =>
        Assert.Equal(ProtectiveStep.Nothing, Stop.Next(Holding(1), [Resting("ba-stop-1", Side.Sell, "0.5"), Resting("ba-2", Side.Sell, "0.1")]));

    [Fact]
    public void Next_AnotherOrderBuys_IsNoReasonToWait() =>
        Assert.Equal(ProtectiveAction.Place, Stop.Next(Holding(1), [Resting("ba-2", Side.Buy, "0.1")]).Action);

    [Fact]
    public void Next_NoMark_PlacesNothing() => Assert.Equal(ProtectiveStep.Nothing, Stop.Next(Holding(1, mark: null), []));

    [Fact]
    public void Next_ShortPosition_IsNotProtected() => Assert.Equal(ProtectiveStep.Nothing, Stop.Next(Holding(-1), []));

    [Theory]
    [InlineData("0.00526", ProtectiveAction.None)] // 0.00526 × 1,000 × 0.95 = 4.997, below 5.
    [InlineData("0.00527", ProtectiveAction.Place)]
    [InlineData("0.000009", ProtectiveAction.None)]
    public void Next_BelowTheLeastNotionalAtTheStop_PlacesNothing(string quantity, ProtectiveAction expected) =>
        Assert.Equal(expected, Stop.Next(Holding(decimal.Parse(quantity, System.Globalization.CultureInfo.InvariantCulture), 1_000), []).Action);

    private static PositionSnapshot Holding(decimal quantity, decimal? mark = 50_000) => new()
    {
        Instrument = Btc,
        Quantity = quantity,
        AveragePrice = null,
        MarkPrice = mark,
        RealizedPnl = 0,
        UnrealizedPnl = 0,
    };

    private static Order Resting(string id, Side side, string quantity) =>
        OrderLifecycle.Create(Intent(id, side, quantity, limit: "50000")) with { Status = OrderStatus.Accepted };
}
