using BtcAgent.Domain.Orders;
using CsCheck;
using static BtcAgent.Domain.Orders.OrderStatus;

namespace BtcAgent.Domain.Tests.Orders;

public sealed class OrderLifecycleTests
{
    // Written a second time, as pairs of letters, so that a change of the table must be intended.
    private const string Legal =
        "I>D I>E I>S E>R E>C E>X R>D R>S R>C S>A S>J S>c S>P S>F S>C S>X A>u A>c A>T A>P A>F A>C A>X "
        + "T>u T>c T>P T>F T>J T>C T>X P>P P>u P>c P>F P>C P>X u>A u>T u>P u>c u>F u>C u>X c>A c>T c>P c>F c>J c>C c>X";

    private static readonly Dictionary<char, OrderStatus> Letters = new()
    {
        ['I'] = Initialized,
        ['D'] = Denied,
        ['S'] = Submitted,
        ['A'] = Accepted,
        ['J'] = Rejected,
        ['u'] = PendingUpdate,
        ['c'] = PendingCancel,
        ['P'] = PartiallyFilled,
        ['F'] = Filled,
        ['C'] = Canceled,
        ['X'] = Expired,
        ['T'] = Triggered,
        ['E'] = Emulated,
        ['R'] = Released,
    };

    [Fact]
    public void CanMove_EveryPair_AgreesWithTable()
    {
        var legal = Legal.Split(' ').Select(pair => (Letters[pair[0]], Letters[pair[2]])).ToHashSet();
        Assert.Equal(14, Letters.Count);
        foreach (var from in Enum.GetValues<OrderStatus>())
        {
            foreach (var to in Enum.GetValues<OrderStatus>())
            {
                Assert.True(legal.Contains((from, to)) == OrderLifecycle.CanMove(from, to), $"{from} > {to}");
            }
        }
    }

    [Fact]
    public void CanMove_EndedOrder_NeverMoves()
    {
        foreach (var status in Enum.GetValues<OrderStatus>())
        {
            var order = new Order { Intent = OrderFixture.Intent(), Status = status };
            Assert.Equal(order.IsOpen, Enum.GetValues<OrderStatus>().Any(to => OrderLifecycle.CanMove(status, to)));
        }
    }

    [Fact]
    public void Move_EveryPair_MovesOrKeepsOrder()
    {
        foreach (var from in Enum.GetValues<OrderStatus>())
        {
            foreach (var to in Enum.GetValues<OrderStatus>())
            {
                var order = new Order { Intent = OrderFixture.Intent(), Status = from };
                var moved = OrderLifecycle.Move(order, to, OrderFixture.At(1), "why", out var anomaly);
                var legal = OrderLifecycle.CanMove(from, to) && from != to;
                Assert.Equal(legal ? to : from, moved.Status);
                Assert.Equal(!legal && from != to, anomaly is not null);
                Assert.Equal(legal, !ReferenceEquals(order, moved));
            }
        }
    }

    [Theory]
    [InlineData(ExecutionReportKind.Rejected, Rejected)]
    [InlineData(ExecutionReportKind.Canceled, Canceled)]
    [InlineData(ExecutionReportKind.Expired, Expired)]
    [InlineData(ExecutionReportKind.Accepted, Accepted)]
    public void Apply_ReportToSubmitted_MovesOnceAndRepeatIsHarmless(ExecutionReportKind kind, OrderStatus expected)
    {
        var report = Report(kind) with
        {
            Reason = kind == ExecutionReportKind.Accepted ? null : "why",
            VenueOrderId = "v"
        };
        var once = OrderLifecycle.Apply(Sent(), report, out var anomaly);
        Assert.Null(anomaly);
        Assert.Equal(expected, once.Status);
        Assert.Equal(OrderFixture.At(1), once.UpdatedAt);
        Assert.Same(once, OrderLifecycle.Apply(once, report, out anomaly));
        Assert.Null(anomaly);
    }

    [Theory]
    [InlineData(Initialized)]
    [InlineData(Emulated)]
    [InlineData(Released)]
    [InlineData(Denied)]
    [InlineData(Rejected)]
    public void Apply_AcceptedToOrderNeverSent_IsAnomaly(OrderStatus status)
    {
        var order = Sent() with { Status = status };
        Assert.Same(order, OrderLifecycle.Apply(order, Report(ExecutionReportKind.Accepted), out var anomaly));
        Assert.Contains(status.ToString(), anomaly, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_AcceptedAfterTrade_OnlyLearnsVenueId()
    {
        var filled = OrderLifecycle.Apply(Sent(), Trade("1", "1"), out _);
        var accepted = OrderLifecycle.Apply(
            filled, Report(ExecutionReportKind.Accepted) with { VenueOrderId = "v" }, out var anomaly);
        Assert.Null(anomaly);
        Assert.Equal(filled with { VenueOrderId = "v" }, accepted);
    }

    [Theory]
    [InlineData("1", Filled)]
    [InlineData("0.99999999", PartiallyFilled)]
    public void Apply_Trade_FillsWholeOrPart(string quantity, OrderStatus expected)
    {
        var order = OrderLifecycle.Apply(Sent(), Trade("1", quantity), out var anomaly);
        Assert.Null(anomaly);
        Assert.Equal(expected, order.Status);
        Assert.Equal(Quantity.Parse(quantity), order.FilledQuantity);
        Assert.Equal(100m, order.AverageFillPrice);
    }

    [Fact]
    public void Apply_Overfill_IsRefused()
    {
        var order = Sent();
        Assert.Same(order, OrderLifecycle.Apply(order, Trade("1", "1.00000001"), out var anomaly));
        Assert.Contains("remaining", anomaly, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_SameTradeTwice_CountsOnce()
    {
        var once = OrderLifecycle.Apply(Sent(), Trade("1", "0.4"), out _);
        Assert.Same(once, OrderLifecycle.Apply(once, Trade("1", "0.4"), out var anomaly));
        Assert.Null(anomaly);
        Assert.Equal(Quantity.Parse("0.8"), OrderLifecycle.Apply(once, Trade("2", "0.4"), out _).FilledQuantity);
    }

    [Fact]
    public void Apply_TradeAfterCancel_IsAnomaly()
    {
        var canceled = OrderLifecycle.Apply(Sent(), Report(ExecutionReportKind.Canceled), out _);
        Assert.Same(canceled, OrderLifecycle.Apply(canceled, Trade("1", "0.4"), out var anomaly));
        Assert.NotNull(anomaly);
    }

    [Fact]
    public void Apply_ForeignOrEmptyTrade_IsAnomaly()
    {
        ExecutionReport[] reports =
        [
            Trade("1", "0"),
            Report(ExecutionReportKind.Trade),
            Report(ExecutionReportKind.Trade) with { Fill = OrderFixture.FillOf("1", "1", side: Side.Sell) },
            Report(ExecutionReportKind.Accepted) with { ClientOrderId = "b" },
            Report((ExecutionReportKind)99),
        ];
        Assert.All(reports, report =>
        {
            var order = Sent();
            Assert.Same(order, OrderLifecycle.Apply(order, report, out var anomaly));
            Assert.NotNull(anomaly);
        });
    }

    [Theory]
    [InlineData(PendingCancel)]
    [InlineData(PendingUpdate)]
    public void Apply_PartFillWhilePending_StaysPending(OrderStatus pending)
    {
        var order = OrderLifecycle.Apply(Sent() with { Status = pending }, Trade("1", "0.4"), out _);
        Assert.Equal(pending, order.Status);
        Assert.Equal(Quantity.Parse("0.4"), order.FilledQuantity);
        Assert.Equal(Filled, OrderLifecycle.Apply(order, Trade("2", "0.6"), out _).Status);
    }

    [Theory]
    [InlineData(false, Accepted)]
    [InlineData(true, PartiallyFilled)]
    public void Apply_CancelRejectedOrUpdateConfirmed_WorksOn(bool partFilled, OrderStatus expected)
    {
        var order = partFilled ? OrderLifecycle.Apply(Sent(), Trade("1", "0.4"), out _) : Sent();
        var canceling = order with { Status = PendingCancel };
        var updating = order with { Status = PendingUpdate };
        Assert.Equal(expected,
            OrderLifecycle.Apply(canceling, Report(ExecutionReportKind.CancelRejected), out _).Status);
        Assert.Equal(expected, OrderLifecycle.Apply(updating, Report(ExecutionReportKind.Accepted), out _).Status);
    }

    [Fact]
    public void Apply_CancelRejectedAfterFill_ChangesNothing()
    {
        var filled = OrderLifecycle.Apply(Sent(), Trade("1", "1"), out _);
        Assert.Same(filled, OrderLifecycle.Apply(filled, Report(ExecutionReportKind.CancelRejected), out var anomaly));
        Assert.Null(anomaly);
    }

    [Fact]
    public void Apply_AnyReports_NeverOverfillsAndMovesOnlyLegally()
    {
        var report =
            from kind in Gen.Int[1, 6].Select(i => (ExecutionReportKind)i)
            from trade in Gen.Int[1, 6]
            from units in Gen.Long[0, 60_000_000]
            select kind == ExecutionReportKind.Trade
                ? Report(kind) with { Fill = OrderFixture.FillOf($"{trade}", Quantity.FromUnits(units).ToString()) }
                : Report(kind);
        report.List[0, 20].Sample(reports =>
        {
            var order = Sent();
            var cancel = 0;
            foreach (var next in reports)
            {
                var before = order;
                order = OrderLifecycle.Apply(order, next, out var anomaly);
                Assert.True(order.FilledQuantity <= order.Intent.Quantity);
                Assert.Equal(order.Status == Filled, order.RemainingQuantity.IsZero);
                Assert.True(before.Status == order.Status || OrderLifecycle.CanMove(before.Status, order.Status));
                Assert.True(anomaly is null || ReferenceEquals(before, order));
                Assert.Same(order, OrderLifecycle.Apply(order, next, out var again));
                Assert.Equal(anomaly is null, again is null);
                if (++cancel == 3)
                {
                    order = OrderLifecycle.Move(order, PendingCancel, OrderFixture.At(2), "test", out _);
                }
            }
        });
    }

    private static Order Sent() =>
        OrderLifecycle.Move(OrderLifecycle.Create(OrderFixture.Intent()), Submitted, OrderFixture.At(0), null, out _);

    private static ExecutionReport Trade(string id, string quantity) =>
        Report(ExecutionReportKind.Trade) with { Fill = OrderFixture.FillOf(id, quantity) };

    private static ExecutionReport Report(ExecutionReportKind kind) =>
        new() { ClientOrderId = "a", Kind = kind, EventTime = OrderFixture.At(1) };
}
