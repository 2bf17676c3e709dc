using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using static BtcAgent.Domain.Tests.Execution.Live.LiveFixture;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Execution.Live;

/// <summary>
/// The venue's id identifies an order; client order id and quantity are the venue's, whoever changed them.
/// </summary>
public sealed class LiveIdentityTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);

    [Fact]
    public void AmendedByHandUnderARandomName_StaysTheSameOrderAndItsFillIsBooked()
    {
        var execution = Accepted(Intent(limit: "100"));
        var amended = AtVenue("Xk3rQ", OrderStatus.Accepted) with { Quantity = Quantity.Parse("0.6"), UpdatedAt = At(10), FormerClientOrderId = "a" };
        execution.Receive(Report(amended, ExecutionReportKind.Amended));
        execution.Receive(TradeReport("7", "0.6", amended with { FormerClientOrderId = null, Status = OrderStatus.Filled, ExecutedQuantity = Quantity.Parse("0.6"), UpdatedAt = At(20) }));

        var order = Assert.Single(execution.RecentOrders);
        Assert.Equal(("a", "Xk3rQ", OrderStatus.Filled), (order.Intent.ClientOrderId, order.Name, order.Status));
        Assert.Equal("a", Assert.Single(execution.PendingFills).ClientOrderId);
        Assert.Same(order, execution.Find("Xk3rQ"));
        Assert.Equal([CorrectionKind.Amended, CorrectionKind.Renamed], execution.Corrections.Select(c => c.Kind));
        Assert.Contains("0.6 of a, where 1", execution.Corrections[0].Reason, StringComparison.Ordinal);
        Assert.Equal((false, 0), (execution.HasQuestions, execution.Anomalies));
    }

    [Fact]
    public void AmendedWhileNobodyListened_TheRecordHasTheNewNameAndTheVenueIsAskedById()
    {
        var execution = Accepted(Intent(limit: "100"));
        var reported = AtVenue("Xk3rQ", OrderStatus.PartiallyFilled, executed: "0.2") with { Quantity = Quantity.Parse("0.6"), UpdatedAt = At(10) };
        Assert.Empty(execution.OrdersToAskFor([reported]));
        Assert.Equal("1", Assert.Single(execution.OrdersToAskFor([])).VenueOrderId);
        Assert.True(execution.Reconcile(View(open: [reported], trades: [Trade(7, "0.2")]), Lifetime));
        var order = Assert.Single(Restarted(execution).RecentOrders);
        Assert.Equal(("Xk3rQ", Quantity.Parse("0.4")), (order.Name, order.RemainingQuantity));
    }

    [Fact]
    public void AmendedBeforeItsAnswerCame_IsFoundByItsFormerName()
    {
        var execution = Sent(Intent(limit: "100"));
        execution.Receive(Report(AtVenue("Xk3rQ", OrderStatus.Accepted) with { Quantity = Quantity.Parse("0.5"), FormerClientOrderId = "a" }, ExecutionReportKind.Amended));
        var order = Assert.Single(execution.RecentOrders);
        Assert.Equal((OrderStatus.Accepted, "1", Quantity.Parse("0.5")), (order.Status, order.VenueOrderId, order.Quantity));
        Assert.False(execution.HasQuestions);
    }

    [Fact]
    public void AmendedBeforeItWasSeen_IsTracedByItsFirstNameAndIsNotForeign()
    {
        var execution = Restarted(Sent(Intent(limit: "100")));
        var reported = AtVenue("Xk3rQ", OrderStatus.Accepted) with { Quantity = Quantity.Parse("0.6"), UpdatedAt = At(10) };
        var foreign = AtVenue("web_1", OrderStatus.Accepted) with { VenueOrderId = "2", LimitPrice = Price.Parse("90") };
        Assert.Equal("a", Assert.Single(execution.OrdersToAskFor([reported, foreign])).Name);
        Assert.Equal(["1"], execution.OrdersToTrace([reported, foreign])); // What cannot be ours is not asked for.

        Assert.True(execution.Reconcile(View(askedAtMs: 60_000, open: [reported with { FormerClientOrderId = "a" }, foreign], asked: [("a", null)]), Lifetime));
        var order = execution.Find("a")!;
        Assert.Equal(("1", "Xk3rQ", Quantity.Parse("0.6"), false), (order.VenueOrderId, order.Name, order.Quantity, order.IsByHand));
        Assert.True(execution.Find("web_1")!.IsByHand);
        Assert.Empty(execution.OrdersToTrace([reported, foreign]));
    }

    [Fact]
    public void TradeUnderAnUnknownNameWhileOursIsOnItsWay_WaitsForTheFirstName()
    {
        var execution = Sent(Intent(limit: "100"));
        var reported = AtVenue("Xk3rQ", OrderStatus.PartiallyFilled, executed: "0.2") with { Quantity = Quantity.Parse("0.6"), UpdatedAt = At(10) };
        execution.Receive(TradeReport("7", "0.2", reported));
        Assert.Equal((true, 0), (execution.HasQuestions, execution.PendingFills.Count));
        Assert.Contains("orders that may be ours", execution.Questions);

        Assert.True(execution.Reconcile(View(open: [reported with { FormerClientOrderId = "a" }], asked: [("a", null)], trades: [Trade(7, "0.2")]), Lifetime));
        Assert.Equal(("a", false), (Assert.Single(execution.PendingFills).ClientOrderId, Assert.Single(execution.RecentOrders).IsByHand));
    }

    [Fact]
    public void ReportFromBeforeAnAmendment_DoesNotTakeItBack()
    {
        var execution = Sent(Intent(limit: "100"));
        execution.Receive(Report(AtVenue("x", OrderStatus.Accepted) with { Quantity = Quantity.Parse("0.5"), FormerClientOrderId = "a", UpdatedAt = At(10) }, ExecutionReportKind.Amended));
        execution.Receive(Report(AtVenue("a", OrderStatus.Accepted), ExecutionReportKind.Accepted));
        Assert.Equal((Quantity.Parse("0.5"), "x"), (execution.Find("a")!.Quantity, execution.Find("a")!.Name));
    }

    [Theory]
    [InlineData(OrderStatus.PartiallyFilled, "0.4", "0.3", OrderStatus.PartiallyFilled, "0.3")]
    [InlineData(OrderStatus.Filled, "0.7", "0.3", OrderStatus.Filled, "0")]
    [InlineData(OrderStatus.Expired, "0.4", "0.6", OrderStatus.Expired, "0")]
    public void SelfTradePrevented_VenuesQuantityWinsAndIsExplained(
        OrderStatus status, string executed, string prevented, OrderStatus expected, string left)
    {
        var execution = Accepted(Intent(limit: "100"));
        var reported = AtVenue("a", status, executed) with { PreventedQuantity = Quantity.Parse(prevented), UpdatedAt = At(10) };
        execution.Receive(TradeReport("7", executed, AtVenue("a", OrderStatus.PartiallyFilled, executed)));
        execution.Receive(Report(reported, status == OrderStatus.Expired ? ExecutionReportKind.Expired : ExecutionReportKind.Amended));
        var order = execution.Find("a")!;
        Assert.Equal((expected, Quantity.Parse(left)), (order.Status, order.RemainingQuantity));
        Assert.Contains($"prevention of self-trades took {prevented} of 1", execution.Corrections[^1].Reason, StringComparison.Ordinal);
        Assert.Equal(0, execution.Anomalies);
    }

    [Fact]
    public void FilledInFullBelowTheIntendedQuantity_EndsAlsoWhenOnlyTheRecordSaysSo()
    {
        var execution = Accepted(Intent(limit: "100"));
        var reported = AtVenue("a", OrderStatus.Filled, executed: "0.7") with { PreventedQuantity = Quantity.Parse("0.3"), UpdatedAt = At(10) };
        Assert.True(execution.Reconcile(View(asked: [("a", reported)], trades: [Trade(7, "0.7")]), Lifetime));
        Assert.Equal(OrderStatus.Filled, execution.Find("a")!.Status);
        Assert.Empty(execution.OpenOrders);
    }

    [Fact]
    public void ClientIdReusedAfterAFill_IsAnotherOrder()
    {
        var execution = Accepted(Intent(limit: "100"));
        execution.Receive(TradeReport("7", "1", AtVenue("a", OrderStatus.Filled, executed: "1")));
        var second = AtVenue("a", OrderStatus.Accepted) with { VenueOrderId = "2", UpdatedAt = At(50) };
        execution.Receive(Report(second, ExecutionReportKind.Accepted));
        execution.Receive(TradeReport("9", "1", second with { Status = OrderStatus.Filled, ExecutedQuantity = Quantity.Parse("1"), UpdatedAt = At(60) }));

        Assert.Equal(["a#2", "a"], execution.RecentOrders.Select(order => order.Intent.ClientOrderId));
        Assert.All(execution.RecentOrders, order => Assert.Equal((OrderStatus.Filled, Quantity.Zero), (order.Status, order.RemainingQuantity)));
        Assert.Equal(["a", "a#2"], execution.PendingFills.Select(fill => fill.ClientOrderId));
        Assert.Contains(execution.Corrections, correction => correction.Kind == CorrectionKind.ReusedName);
        Assert.Equal("2", execution.Find("a#2")!.VenueOrderId);
    }

    [Theory]
    [InlineData("1", "100")] // Ours to the letter, but later.
    [InlineData("3", "90")]
    public void ClientIdReusedBeforeWeKnewOfTheFill_TheEarlierIsOurs(string quantity, string price)
    {
        var execution = Restarted(Sent(Intent(limit: "100")));
        var ours = AtVenue("a", OrderStatus.Filled, executed: "1") with { VenueOrderId = "9" };
        var second = AtVenue("a", OrderStatus.Accepted) with
        {
            VenueOrderId = "10",
            Quantity = Quantity.Parse(quantity),
            LimitPrice = Price.Parse(price),
            UpdatedAt = At(50),
        };

        // A query by client order id returns the order that has it now; the trades lead to the other one.
        VenueFill[] trades = [Trade(7, "1", orderId: "9")];
        Assert.Equal(["9"], execution.UnknownOrdersOf([.. trades], [second]));
        Assert.True(execution.Reconcile(View(open: [second, ours], asked: [("a", second)], trades: trades), Lifetime));
        Assert.Equal(("9", OrderStatus.Filled), (execution.Find("a")!.VenueOrderId, execution.Find("a")!.Status));
        Assert.Equal((true, OrderStatus.Accepted), (execution.Find("a#10")!.IsByHand, execution.Find("a#10")!.Status));
        Assert.Equal("a", Assert.Single(execution.PendingFills).ClientOrderId);
        Assert.Empty(execution.Doubts);
    }

    [Fact]
    public void ClientIdTakenBySomebodyElse_OursThatNeverArrivedEnds()
    {
        var execution = Restarted(Sent(Intent(limit: "100")));
        var other = AtVenue("a", OrderStatus.Accepted) with { VenueOrderId = "9", Quantity = Quantity.Parse("3") };
        Assert.False(execution.Reconcile(View(askedAtMs: 100, open: [other], asked: [("a", other)]), Lifetime));
        Assert.True(execution.Reconcile(View(askedAtMs: 60_000, open: [other], asked: [("a", other)]), Lifetime));
        Assert.Equal((null, OrderStatus.Rejected), (execution.Find("a")!.VenueOrderId, execution.Find("a")!.Status));
        Assert.Equal("9", Assert.Single(execution.OpenOrders).VenueOrderId);
    }

    [Fact]
    public void ClientIdReusedLongAfter_IsAnotherOrderThoughTheFirstIsForgotten()
    {
        var execution = Accepted(Intent(limit: "100"));
        execution.Receive(Report(AtVenue("a", OrderStatus.Canceled), ExecutionReportKind.Canceled));
        for (var i = 0; i < 300; i++)
        {
            execution.Submit(Intent($"o{i}"), At(i), denial: "not this one");
        }

        Assert.Null(execution.Find("a"));
        execution = Restarted(execution);
        execution.Receive(Report(AtVenue("a", OrderStatus.Accepted), ExecutionReportKind.Accepted));
        Assert.Null(execution.Find("a")); // Old news of the first.
        execution.Receive(Report(AtVenue("a", OrderStatus.Accepted) with { VenueOrderId = "2" }, ExecutionReportKind.Accepted));
        Assert.Equal("2", execution.Find("a#2")!.VenueOrderId);
    }

    [Theory]
    [InlineData(140)]
    [InlineData(1_000)]
    public void ForeignOpenOrders_AnyNumber_AreAdoptedAndDoNotBlockOurs(int count)
    {
        var execution = Opened();
        VenueOrder[] open = [.. Enumerable.Range(0, count).Select(i => AtVenue($"web{i}", OrderStatus.Accepted) with { VenueOrderId = $"{100 + i}" })];
        Assert.True(execution.Reconcile(View(open: open), Lifetime));
        Assert.Equal(count, execution.OpenOrders.Count);
        Assert.Equal(OrderStatus.Submitted, execution.Submit(Intent(limit: "100"), At(1)).Order.Status);

        var again = Restarted(execution);
        Assert.Equal("a", Assert.Single(again.OpenOrders).Intent.ClientOrderId); // The others' are at the venue, not in the state.
        again.Reconcile(View(open: open, asked: [("a", null)]), Lifetime);
        Assert.Equal(count + 1, again.OpenOrders.Count);
    }

    [Fact]
    public void ForeignOrderHalfFilledBeforeTheBooksOpened_SettlesWithoutBookingWhatCameBefore()
    {
        var execution = new LiveExecution("paper", Rules);
        execution.OpenAt(7);
        var reported = AtVenue("web", OrderStatus.PartiallyFilled, executed: "0.6");
        Assert.Equal("1", Assert.Single(execution.OrdersShortOf([Trade(9, "0.2")], [reported])));
        Assert.True(execution.Reconcile(View(open: [reported], trades: [Trade(7, "0.4"), Trade(9, "0.2")]), Lifetime));
        Assert.Equal("9", Assert.Single(execution.PendingFills).TradeId);
        Assert.Equal(Quantity.Parse("0.6"), execution.Find("web")!.FilledQuantity);
    }

    [Fact]
    public void TradeListedAfterOneWithAHigherId_IsBooked()
    {
        var execution = Accepted(Intent(limit: "100"));
        var reported = AtVenue("a", OrderStatus.PartiallyFilled, executed: "0.3");
        Assert.True(execution.Reconcile(View(open: [reported], trades: [Trade(8, "0.3")]), Lifetime));
        Assert.True(execution.NextTradeId <= 7);
        var after = reported with { ExecutedQuantity = Quantity.Parse("0.7"), UpdatedAt = At(6) };
        Assert.True(execution.Reconcile(View(open: [after], trades: [Trade(7, "0.4"), Trade(8, "0.3")]), Lifetime));
        Assert.Equal(["8", "7"], execution.PendingFills.Select(fill => fill.TradeId));
    }

    [Fact]
    public void TradeListedMinutesAfterOneWithAHigherId_IsReadByItsOrderAndBooked()
    {
        var execution = Accepted(Intent(limit: "100"));
        var reported = AtVenue("a", OrderStatus.PartiallyFilled, executed: "0.3");
        execution.Reconcile(View(askedAtMs: 100_000, open: [reported], trades: [Trade(8, "0.3")]), Lifetime);
        Assert.Equal(9, execution.NextTradeId);
        execution = Restarted(execution);
        var after = reported with { ExecutedQuantity = Quantity.Parse("0.7"), UpdatedAt = At(6) };
        Assert.Equal("1", Assert.Single(execution.OrdersShortOf([], [after])));
        Assert.True(execution.Reconcile(View(askedAtMs: 100_000, open: [after], trades: [Trade(7, "0.4"), Trade(8, "0.3")]), Lifetime));
        Assert.Equal(Quantity.Parse("0.7"), execution.Find("a")!.FilledQuantity);
    }

    [Fact]
    public void OverAThousandFillsRedelivered_AreBookedOnceAndNumberedInOrder()
    {
        var execution = Accepted(Intent(limit: "100", quantity: "2000"));
        VenueOrder Reported(int executed) => AtVenue("a", OrderStatus.PartiallyFilled, $"{executed}") with { Quantity = Quantity.Parse("2000") };
        for (var times = 0; times < 2; times++)
        {
            for (var i = 1; i <= 1_500; i++)
            {
                execution.Receive(TradeReport($"{i}", "1", Reported(i)));
            }

            execution.Reconcile(View(askedAtMs: 100_000, open: [Reported(1_500)], trades: [.. Enumerable.Range(1, 1_500).Select(i => Trade(i, "1"))]), Lifetime);
            execution = Restarted(execution);
        }

        Assert.Equal(Enumerable.Range(1, 1_500).Select(i => (long)i), execution.PendingFills.Select(fill => fill.Number));
        Assert.Empty(execution.ToState().TradesSeen);
    }

    [Fact]
    public void StateOfTheFirstLayout_GoesOn()
    {
        var execution = Accepted(Intent(limit: "100"));
        execution.Receive(TradeReport("7", "0.4", AtVenue("a", OrderStatus.PartiallyFilled, executed: "0.4")));
        var state = System.Text.Json.JsonSerializer.SerializeToNode(execution.ToState())!.AsObject();
        foreach (var name in new[] { "Layout", "Doubts", "EndedVenueIds", "LastFillNumber" })
        {
            Assert.True(state.Remove(name), name);
        }

        var again = new LiveExecution("paper", Rules, System.Text.Json.JsonSerializer.Deserialize<LiveExecutionState>(state));
        again.Receive(TradeReport("7", "0.4", AtVenue("a", OrderStatus.PartiallyFilled, executed: "0.4")));
        again.Receive(TradeReport("8", "0.6", AtVenue("a", OrderStatus.Filled, executed: "1")));
        Assert.Equal(["7", "8"], again.PendingFills.Select(fill => fill.TradeId));
        Assert.Equal(OrderStatus.Filled, again.Find("a")!.Status);
    }
}
