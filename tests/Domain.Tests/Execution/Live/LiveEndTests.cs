using BtcAgent.Domain.Orders;
using static BtcAgent.Domain.Tests.Execution.Live.LiveFixture;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Execution.Live;

/// <summary>An order ends when, and as, the venue reports.</summary>
public sealed class LiveEndTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);

    [Fact]
    public void ExpiredBySelfTradeBeforeItsFillCame_EndsAsTheVenueSaysAlsoAfterARestart()
    {
        var execution = Accepted(Intent(limit: "100"));
        var expired = AtVenue("a", OrderStatus.Expired, executed: "0.5") with { PreventedQuantity = Quantity.Parse("0.5"), UpdatedAt = At(10) };
        execution.Receive(Report(expired, ExecutionReportKind.Expired));
        execution.Receive(TradeReport("7", "0.5", AtVenue("a", OrderStatus.PartiallyFilled, executed: "0.5")));
        Assert.Equal(OrderStatus.Expired, Restarted(execution).Find("a")!.Status);
    }

    [Fact]
    public void FilledWithoutTheVenuesWord_IsAskedForAlsoAfterARestart()
    {
        var execution = Accepted(Intent(limit: "100"));
        var prevented = AtVenue("a", OrderStatus.Accepted) with { PreventedQuantity = Quantity.Parse("0.5"), UpdatedAt = At(10) };
        execution.Receive(Report(prevented, ExecutionReportKind.Amended));
        execution.Receive(TradeReport("7", "0.5", AtVenue("a", OrderStatus.PartiallyFilled, executed: "0.5")));
        execution = Restarted(execution);
        Assert.Equal("1", Assert.Single(execution.OrdersToAskFor([])).VenueOrderId);
        var reported = prevented with { Status = OrderStatus.Expired, ExecutedQuantity = Quantity.Parse("0.5"), UpdatedAt = At(20) };
        Assert.True(execution.Reconcile(View(asked: [("a", reported)], trades: [Trade(7, "0.5")]), Lifetime));
        Assert.Equal(OrderStatus.Expired, execution.Find("a")!.Status);
    }
}
