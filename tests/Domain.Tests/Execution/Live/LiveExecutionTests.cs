using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Execution.Venue;
using BtcAgent.Domain.Orders;
using static BtcAgent.Domain.Tests.Execution.Live.LiveFixture;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Execution.Live;

/// <summary>Failures between an agent and its venue, one case each.</summary>
public sealed class LiveExecutionTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);

    [Fact]
    public void TimeOutAfterAcceptance_OrderIsFoundAtTheVenueAndItsFillCountsOnce()
    {
        var execution = Sent(Intent());
        execution.Placed("a", VenueAnswer.Not(VenueOutcome.Unknown, "no answer"), At(3_000));
        Assert.Equal(OrderStatus.Submitted, execution.Find("a")!.Status);
        Assert.True(execution.HasQuestions);

        var reported = AtVenue("a", OrderStatus.Filled, executed: "1");
        Assert.True(execution.Reconcile(View(asked: [("a", reported)], trades: [Trade(7, "1")]), Lifetime));
        Assert.Equal(OrderStatus.Filled, execution.Find("a")!.Status);
        Assert.Equal("7", Assert.Single(execution.PendingFills).TradeId);

        execution.Receive(TradeReport("7", "1", reported));
        Assert.Single(execution.PendingFills);
        Assert.False(execution.HasQuestions);
    }

    [Fact]
    public void FillBetweenCancelAndAnswer_OrderEndsFilledAndTheRefusedCancelIsNoError()
    {
        var execution = Accepted(Intent(limit: "100"));
        Assert.True(execution.RequestCancel("a", At(10), "enough"));
        execution.CancelAnswered("a", VenueAnswer.Not(VenueOutcome.Refused, "-2011: Unknown order sent."), At(20));
        Assert.Equal(OrderStatus.PendingCancel, execution.Find("a")!.Status);
        Assert.True(execution.HasQuestions);

        execution.Receive(TradeReport("7", "1", AtVenue("a", OrderStatus.Filled, executed: "1")));
        Assert.Equal(OrderStatus.Filled, execution.Find("a")!.Status);
        Assert.Single(execution.PendingFills);
        Assert.False(execution.HasQuestions);
        Assert.Equal(0, execution.Anomalies);
    }

    [Fact]
    public void RepeatedReport_ChangesNothing()
    {
        var execution = Accepted(Intent(limit: "100"));
        var report = TradeReport("7", "0.4", AtVenue("a", OrderStatus.PartiallyFilled, executed: "0.4"));
        execution.Receive(report);
        var version = execution.Version;
        execution.Receive(report);
        execution.Receive(report with { Fill = report.Fill! with { } });
        Assert.Equal(version, execution.Version);
        Assert.Single(execution.PendingFills);
        Assert.Equal(Quantity.Parse("0.4"), execution.Find("a")!.FilledQuantity);
    }

    [Theory]
    [InlineData("web_1234", CorrectionKind.ForeignOrder)]
    [InlineData("ba-0123456789abcdef-0", CorrectionKind.ForgottenOrder)]
    public void ReportForAnUnknownOrder_OrderIsAdoptedAndItsFillBooked(string id, CorrectionKind kind)
    {
        var execution = Opened();
        execution.Receive(TradeReport("7", "0.4", AtVenue(id, OrderStatus.PartiallyFilled, executed: "0.4")));
        var order = execution.Find(id)!;
        Assert.Equal(OrderStatus.PartiallyFilled, order.Status);
        Assert.Equal("paper", Assert.Single(execution.PendingFills).Portfolio);
        Assert.Equal(kind, Assert.Single(execution.Corrections).Kind);
    }

    [Fact]
    public void ReportForAnUnknownOrderWithoutTheOrder_IsADoubtAndChangesNoOrder()
    {
        var execution = Opened();
        execution.Receive(new ExecutionReport { ClientOrderId = "x", Kind = ExecutionReportKind.Accepted, EventTime = At(1) });
        Assert.Equal(1, execution.Anomalies);
        Assert.Empty(execution.RecentOrders);
        Assert.Empty(execution.PendingFills);
        Assert.Equal(DoubtKind.UnknownOrder, Assert.Single(execution.Doubts).Kind);
    }

    [Fact]
    public void ReportsOutOfOrder_EndBeforeFill_EndWaitsForTheFill()
    {
        var execution = Accepted(Intent(limit: "100"));
        var ended = AtVenue("a", OrderStatus.Canceled, executed: "0.4");
        execution.Receive(Report(ended, ExecutionReportKind.Canceled));
        Assert.Equal(OrderStatus.Accepted, execution.Find("a")!.Status);
        Assert.True(execution.HasQuestions);

        execution.Receive(TradeReport("7", "0.4", AtVenue("a", OrderStatus.PartiallyFilled, executed: "0.4")));
        var order = execution.Find("a")!;
        Assert.Equal(OrderStatus.Canceled, order.Status);
        Assert.Equal(Quantity.Parse("0.4"), order.FilledQuantity);
        Assert.False(execution.HasQuestions);
    }

    [Fact]
    public void ReportsOutOfOrder_FillBeforeAcceptance_AcceptanceChangesNothing()
    {
        var execution = Sent(Intent());
        execution.Receive(TradeReport("7", "1", AtVenue("a", OrderStatus.Filled, executed: "1")));
        execution.Receive(Report(AtVenue("a", OrderStatus.Accepted), ExecutionReportKind.Accepted));
        Assert.Equal(OrderStatus.Filled, execution.Find("a")!.Status);
        Assert.Equal(0, execution.Anomalies);
    }

    [Fact]
    public void ReportsOutOfOrder_LaterFillFirst_TheMissingOneIsAskedFor()
    {
        var execution = Accepted(Intent(limit: "100"));
        execution.Receive(TradeReport("8", "0.3", AtVenue("a", OrderStatus.PartiallyFilled, executed: "0.7")));
        Assert.True(execution.HasQuestions);
        execution.Receive(TradeReport("7", "0.4", AtVenue("a", OrderStatus.PartiallyFilled, executed: "0.4")));
        Assert.Equal(Quantity.Parse("0.7"), execution.Find("a")!.FilledQuantity);
        Assert.True(execution.Reconcile(
            View(open: [AtVenue("a", OrderStatus.PartiallyFilled, executed: "0.7")], trades: [Trade(7, "0.4"), Trade(8, "0.3")]), Lifetime));
        Assert.Equal(2, execution.PendingFills.Count);
    }

    [Fact]
    public void RestAnswerLaterThanTheStream_OldPictureChangesNothing()
    {
        var execution = Accepted(Intent(limit: "100"));
        execution.Receive(TradeReport("7", "1", AtVenue("a", OrderStatus.Filled, executed: "1")));
        var version = execution.Version;
        Assert.True(execution.Reconcile(View(open: [AtVenue("a", OrderStatus.Accepted)]), Lifetime));
        Assert.Equal(OrderStatus.Filled, execution.Find("a")!.Status);

        // The answer to the placement itself, overtaken by the stream.
        execution.Placed("a", VenueAnswer.Done(Report(AtVenue("a", OrderStatus.Accepted), ExecutionReportKind.Accepted)), At(50));
        Assert.Equal(OrderStatus.Filled, execution.Find("a")!.Status);
        Assert.Equal(version, execution.Version);
        Assert.Single(execution.PendingFills);
    }

    [Theory]
    [InlineData(3_000, OrderStatus.Submitted)]
    [InlineData(3_001, OrderStatus.Rejected)]
    public void NotAtTheVenue_IsFinalOnlyAfterTheRequestsLifetime(int askedAtMs, OrderStatus expected)
    {
        var execution = Sent(Intent());
        var settled = execution.Reconcile(View(askedAtMs: askedAtMs, asked: [("a", null)]), Lifetime);
        Assert.Equal(expected, execution.Find("a")!.Status);
        Assert.Equal(expected == OrderStatus.Rejected, settled);
    }

    [Fact]
    public void NotAtTheVenue_ThoughItWasAccepted_IsAnOldPicture()
    {
        var execution = Accepted(Intent(limit: "100"));
        execution.Reconcile(View(askedAtMs: 60_000, asked: [("a", null)]), Lifetime);
        Assert.Equal(OrderStatus.Accepted, execution.Find("a")!.Status);
    }

    [Fact]
    public void LateFillOfAnEndedOrder_IsBookedAllTheSame()
    {
        var execution = Sent(Intent());
        execution.Reconcile(View(askedAtMs: 60_000, asked: [("a", null)]), Lifetime);
        Assert.Equal(OrderStatus.Rejected, execution.Find("a")!.Status);
        execution.Receive(TradeReport("7", "1", AtVenue("a", OrderStatus.Filled, executed: "1")));
        Assert.Single(execution.PendingFills);
        Assert.Equal(Quantity.Parse("1"), execution.Find("a")!.FilledQuantity);
    }

    [Theory]
    [InlineData("2", Side.Buy)]
    [InlineData("1", Side.Sell)]
    public void ImpossibleFill_IsAnAnomalyIsNotBookedAndTheVenueIsAsked(string quantity, Side side)
    {
        var execution = Accepted(Intent(limit: "100"));
        var before = execution.Find("a");
        execution.Receive(TradeReport("7", quantity, AtVenue("a", OrderStatus.Filled, executed: quantity), side));
        Assert.Equal(1, execution.Anomalies);
        Assert.Same(before, execution.Find("a"));
        Assert.Empty(execution.PendingFills);
        Assert.True(execution.HasQuestions);
    }

    [Fact]
    public void CancelThatWasNeverSent_IsSentAgainAfterARestart()
    {
        var execution = Accepted(Intent(limit: "100"));
        execution.RequestCancel("a", At(10), "enough");
        var again = Restarted(execution);
        Assert.True(again.HasQuestions);
        Assert.False(again.Reconcile(View(open: [AtVenue("a", OrderStatus.Accepted)]), Lifetime));
        Assert.Equal("a", Assert.Single(again.OrdersBeingCanceled).Intent.ClientOrderId);
        again.CancelAnswered("a", VenueAnswer.Done(Report(AtVenue("a", OrderStatus.Canceled), ExecutionReportKind.Canceled)), At(20));
        Assert.Equal(OrderStatus.Canceled, again.Find("a")!.Status);
        Assert.False(again.HasQuestions);
    }

    [Fact]
    public void OrderThatEndedLongAgo_IsNeverSentAgain()
    {
        var execution = Accepted(Intent(limit: "100"));
        execution.Receive(Report(AtVenue("a", OrderStatus.Canceled), ExecutionReportKind.Canceled));
        for (var i = 0; i < 300; i++)
        {
            execution.Submit(Intent($"o{i}"), At(i), denial: "not this one");
            execution = i % 50 == 0 ? Restarted(execution) : execution;
        }

        Assert.Null(execution.Find("a"));
        var again = execution.Submit(Intent(limit: "100"), At(1_000));
        Assert.False(again.IsNew);
        Assert.Equal(OrderStatus.Denied, again.Order.Status);
        var version = execution.Version;
        execution.Receive(Report(AtVenue("a", OrderStatus.Accepted), ExecutionReportKind.Accepted));
        Assert.Equal(version, execution.Version);
    }

    [Fact]
    public void TradeOfAnUnknownOrder_IsNotSkipped()
    {
        var execution = Opened();
        var trades = ImmutableArray.Create(Trade(7, "0.4", "99"));
        Assert.Equal("99", Assert.Single(execution.UnknownOrdersOf(trades, [])));
        Assert.False(execution.Reconcile(View(askedAtMs: 70_000, trades: [.. trades]), Lifetime));
        Assert.Equal(1, execution.NextTradeId);
        Assert.Empty(execution.PendingFills);

        var reported = AtVenue("web", OrderStatus.Canceled, executed: "0.4") with { VenueOrderId = "99" };
        execution.Reconcile(View(askedAtMs: 70_000, open: [reported], trades: [.. trades]), Lifetime);
        Assert.Equal(8, execution.NextTradeId);
        Assert.Single(execution.PendingFills);
        Assert.Equal(OrderStatus.Canceled, execution.Find("web")!.Status);
    }

    /// <summary>
    /// One order at the venue, with its reports repeated and shuffled, and the agent restarted and querying in between: in
    /// the end the agent has each trade once, and the venue's final status.
    /// </summary>
    [Fact]
    public void AnyOrderOfReportsRestartsAndQuestions_EndsAsTheVenueHasIt()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var execution = Sent(Intent(limit: "100"));
            var (reports, end, trades) = Life(random);
            var pending = new List<Fill>();
            foreach (var report in reports.Concat(reports).OrderBy(_ => random.Next()).Take(random.Next(2 * reports.Count)))
            {
                execution.Receive(report);
                if (random.Next(4) == 0)
                {
                    pending.AddRange(execution.PendingFills);
                    execution.FillsBooked(execution.PendingFills.Count);
                    execution = Restarted(execution);
                }

                if (random.Next(6) == 0)
                {
                    execution.Reconcile(View(open: [AtVenue("a", OrderStatus.Accepted)]), Lifetime);
                }
            }

            var view = end.IsOpen ? View(askedAtMs: 60_000, open: [end], trades: trades) : View(askedAtMs: 60_000, asked: [("a", end)], trades: trades);
            Assert.True(execution.Reconcile(view, Lifetime), $"seed {seed}");
            pending.AddRange(execution.PendingFills);
            Assert.Equal(trades.Select(t => t.TradeId.ToString(CultureInfo.InvariantCulture)).Order(), pending.Select(f => f.TradeId).Order());
            Assert.Equal(end.ExecutedQuantity, execution.Find("a")!.FilledQuantity);
            Assert.Equal(end.IsOpen, execution.Find("a")!.IsOpen);
        }
    }
}
