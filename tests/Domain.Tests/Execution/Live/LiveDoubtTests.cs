using BtcAgent.Domain.Execution.Live;
using BtcAgent.Domain.Orders;
using static BtcAgent.Domain.Tests.Execution.Live.LiveFixture;
using static BtcAgent.Domain.Tests.Orders.OrderFixture;

namespace BtcAgent.Domain.Tests.Execution.Live;

/// <summary>Unforeseen reports of the venue: recorded with their payload, and handled by a stated rule.</summary>
public sealed class LiveDoubtTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);

    [Fact]
    public void Overfill_HaltsIsBookedOnceTheVenueListsItAndLeavesNothingNegative()
    {
        var execution = Accepted(Intent(limit: "100"));
        var reported = AtVenue("a", OrderStatus.Filled, executed: "1.5");
        execution.Receive(TradeReport("7", "1.5", reported));
        var doubt = Assert.Single(execution.TakeNewDoubts());
        Assert.Equal((DoubtKind.Overfill, DoubtAction.Halt), (doubt.Kind, doubt.Action));
        Assert.Contains("1.5", doubt.Payload, StringComparison.Ordinal);
        Assert.Empty(execution.PendingFills);

        Assert.True(execution.Reconcile(View(asked: [("a", reported)], trades: [Trade(7, "1.5")]), Lifetime));
        Assert.Equal(Quantity.Parse("1.5"), Assert.Single(execution.PendingFills).Quantity);
        var order = Restarted(execution).Find("a")!;
        Assert.Equal((OrderStatus.Filled, Quantity.Zero), (order.Status, order.RemainingQuantity));
    }

    [Fact]
    public void OverfillThatOnlyTheRecordsShow_Halts()
    {
        var execution = Accepted(Intent(limit: "100"));
        execution.Reconcile(View(asked: [("a", AtVenue("a", OrderStatus.Filled, executed: "1.5"))], trades: [Trade(7, "1"), Trade(8, "0.5")]), Lifetime);
        Assert.Equal(DoubtAction.Halt, Assert.Single(execution.TakeNewDoubts()).Action);
        Assert.Equal(2, execution.PendingFills.Count);
    }

    [Fact]
    public void UnknownStatusWord_ReducesAndStaysInQuestionUntilTheRecordIsClear()
    {
        var execution = Accepted(Intent(limit: "100"));
        var reported = AtVenue("a", OrderStatus.Unclear) with { Unclear = "order status 'PONDERED'", Payload = "{raw}", UpdatedAt = At(10) };
        execution.Receive(Report(reported, ExecutionReportKind.Accepted) with { Payload = "{raw}" });
        var doubt = Assert.Single(execution.TakeNewDoubts());
        Assert.Equal((DoubtKind.UnknownWord, DoubtAction.Reduce, "{raw}"), (doubt.Kind, doubt.Action, doubt.Payload));
        Assert.False(execution.Reconcile(View(open: [reported]), Lifetime));
        Assert.Equal(["a"], execution.Questions);

        Assert.True(execution.Reconcile(View(open: [AtVenue("a", OrderStatus.Accepted) with { UpdatedAt = At(10) }]), Lifetime));
        execution.SettleDoubts();
        Assert.False(Assert.Single(Restarted(execution).Doubts).IsOpen);
    }

    [Fact]
    public void UnknownOrderTypeOfSomebodyElse_IsSaidOnceAndBlocksNothing()
    {
        var execution = Opened();
        var reported = AtVenue("web", OrderStatus.Accepted) with { Unclear = "order type 'PEGGED'", Payload = "{raw}" };
        for (var i = 0; i < 3; i++)
        {
            Assert.True(execution.Reconcile(View(open: [reported]), Lifetime));
            Assert.Equal(i == 0 ? 1 : 0, execution.TakeNewDoubts().Length);
            execution.SettleDoubts();
        }
    }

    [Fact]
    public void FeeWithoutAnAsset_IsAskedForAndBookedWithoutTheFeeOnlyIfTheListHasNoneEither()
    {
        var execution = Accepted(Intent(limit: "100"));
        var reported = AtVenue("a", OrderStatus.Filled, executed: "1");
        var report = TradeReport("7", "1", reported);
        execution.Receive(report with { Fill = report.Fill! with { Fee = 0.1m, FeeAsset = "" } });
        Assert.Equal(DoubtKind.NoFeeAsset, Assert.Single(execution.TakeNewDoubts()).Kind);
        Assert.Empty(execution.PendingFills);

        var named = Restarted(execution);
        named.Reconcile(View(asked: [("a", reported)], trades: [Trade(7, "1") with { Fee = 0.1m, FeeAsset = "BNB" }]), Lifetime);
        Assert.Equal((0.1m, "BNB"), (named.PendingFills[0].Fee, named.PendingFills[0].FeeAsset));

        execution.Reconcile(View(asked: [("a", reported)], trades: [Trade(7, "1") with { Fee = 0.1m, FeeAsset = "" }]), Lifetime);
        Assert.Equal(0, Assert.Single(execution.PendingFills).Fee);
    }

    [Fact]
    public void CountAheadOfTheVenue_HaltsAtTheSecondRecordAndNotForATradeBetweenTwoQuestions()
    {
        var execution = Accepted(Intent(limit: "100"));
        var before = AtVenue("a", OrderStatus.PartiallyFilled, executed: "0.1");
        execution.Reconcile(View(open: [before], trades: [Trade(7, "0.1"), Trade(8, "0.2")]), Lifetime);
        var after = before with { ExecutedQuantity = Quantity.Parse("0.3"), UpdatedAt = At(6) };
        execution.Reconcile(View(open: [after], trades: [Trade(9, "0.2")]), Lifetime);
        Assert.Empty(execution.TakeNewDoubts());

        Assert.False(execution.Reconcile(View(open: [after]), Lifetime));
        Assert.Equal(DoubtKind.CountAhead, Assert.Single(execution.TakeNewDoubts()).Kind);
    }

    [Fact]
    public void OrderOfWhichTheVenueHasNoRecordAnyMore_IsDoubtedThenEnds()
    {
        var execution = Accepted(Intent(limit: "100"));
        for (var i = 1; i <= LiveExecution.AbsencesMax; i++)
        {
            Assert.True(execution.Find("a")!.IsOpen);
            Assert.Equal(i is 1 or LiveExecution.AbsencesMax, execution.Reconcile(View(askedAtMs: 60_000, asked: [("a", null)]), Lifetime));
        }

        Assert.Equal(OrderStatus.Expired, execution.Find("a")!.Status);
        Assert.Equal(DoubtKind.Vanished, Assert.Single(execution.Doubts).Kind);
    }

    [Fact]
    public void OrderThatHadEndedForUs_IsOpenAgainWhenTheVenueKeepsSayingSo()
    {
        var execution = Sent(Intent(limit: "100"));
        execution.Reconcile(View(askedAtMs: 60_000, asked: [("a", null)]), Lifetime);
        Assert.Equal(OrderStatus.Rejected, execution.Find("a")!.Status);
        var reported = AtVenue("a", OrderStatus.Accepted);
        execution.Reconcile(View(askedAtMs: 61_000, open: [reported]), Lifetime);
        execution.Reconcile(View(askedAtMs: 62_000, open: [reported]), Lifetime);
        Assert.Equal(OrderStatus.Accepted, execution.Find("a")!.Status);
        Assert.Equal(CorrectionKind.Reopened, execution.Corrections[^1].Kind);
    }

    [Fact]
    public void Doubts_ManyOfThem_StayFewAndShort()
    {
        var execution = Opened();
        for (var i = 0; i < 500; i++)
        {
            execution.Unreadable($"problem {i}", new string('x', 10_000), At(i));
            execution.Unreadable("the same", "y", At(i));
        }

        Assert.Equal(1_000, execution.Anomalies);
        Assert.True(execution.Doubts.Length <= 32);
        Assert.All(execution.Doubts, doubt => Assert.True(doubt.Payload.Length <= Doubt.PayloadMax));
    }
}
