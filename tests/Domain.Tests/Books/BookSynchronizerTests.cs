using BtcAgent.Domain.Books;
using BtcAgent.Domain.MarketData;
using BtcAgent.Testing;
using static BtcAgent.Domain.Books.BookUpdateOutcome;

namespace BtcAgent.Domain.Tests.Books;

public sealed class BookSynchronizerTests
{
    private readonly OrderBook _book = new();
    private readonly BookSynchronizer _synchronizer;

    public BookSynchronizerTests() => _synchronizer = new BookSynchronizer(_book);

    [Fact]
    public void Apply_DeltasBeforeSnapshot_AreBufferedThenContinued()
    {
        Assert.Equal(Buffered, Delta(90, 95, bid: (97, 9)));
        Assert.Equal(Buffered, Delta(96, 104, bid: (99, 5)));
        Assert.Equal(Buffered, Delta(105, 110, ask: (102, 7)));
        Assert.Equal(3, _synchronizer.BufferedDeltas);
        Assert.Equal(0, _book.Count(Side.Buy));

        Assert.Equal(Synchronized, Snapshot(100, bid: (98, 1), ask: (103, 1)));

        Assert.True(_synchronizer.IsInSync);
        Assert.Equal(110, _synchronizer.LastUpdateId);
        Assert.Equal(Top(99, 5, 102, 7), _book.Top);
        Assert.Equal(Quantity.Zero, _book.QuantityAt(Side.Buy, P(97)));
        Assert.Equal((1, 0, 0), (_synchronizer.StaleDeltas, _synchronizer.Gaps, _synchronizer.BufferedDeltas));
    }

    [Fact]
    public void Apply_SnapshotThenDeltas_FollowsTheBook()
    {
        Assert.Equal(Synchronized, Snapshot(100, bid: (98, 1), ask: (103, 1)));
        Assert.Equal(Applied, Delta(101, 101, bid: (98, 0)));
        Assert.Equal(Applied, Delta(102, 109, bid: (97, 4), ask: (103, 2)));

        Assert.Equal(Top(97, 4, 103, 2), _book.Top);
        Assert.Equal(109, _synchronizer.LastUpdateId);
    }

    [Theory]
    [InlineData(90, 100, Stale)]
    [InlineData(90, 99, Stale)]
    [InlineData(100, 101, Applied)]
    [InlineData(101, 101, Applied)]
    [InlineData(90, 150, Applied)]
    [InlineData(102, 110, Gap)]
    public void Apply_FirstDeltaAfterSnapshot_MustHoldTheNextId(long firstId, long lastId, BookUpdateOutcome outcome)
    {
        Snapshot(100, bid: (98, 1), ask: (103, 1));

        Assert.Equal(outcome, Delta(firstId, lastId, bid: (98, 2)));
        Assert.Equal(outcome != Gap, _synchronizer.IsInSync);
        var expected = outcome == Applied ? Q(2) : outcome == Stale ? Q(1) : Quantity.Zero;
        Assert.Equal(expected, _book.QuantityAt(Side.Buy, P(98)));
    }

    [Fact]
    public void Apply_OverlappingDelta_IsAppliedOnce()
    {
        Snapshot(100, bid: (98, 1), ask: (103, 1));
        Delta(101, 110, bid: (98, 2));

        Assert.Equal(Applied, Delta(105, 115, bid: (98, 3)));
        Assert.Equal(Stale, Delta(101, 110, bid: (98, 2)));
        Assert.Equal(Q(3), _book.QuantityAt(Side.Buy, P(98)));
        Assert.Equal(1, _synchronizer.StaleDeltas);
    }

    [Fact]
    public void Apply_Gap_EmptiesTheBookAndResumesFromTheNextSnapshot()
    {
        Snapshot(100, bid: (98, 1), ask: (103, 1));

        Assert.Equal(Gap, Delta(105, 110, bid: (99, 5)));
        Assert.Equal(
            (BookState.AwaitingSnapshot, 1L, 1),
            (_synchronizer.State, _synchronizer.Gaps, _synchronizer.BufferedDeltas));
        Assert.Equal(default, _book.Top);

        Assert.Equal(Buffered, Delta(111, 112, ask: (102, 6)));
        Assert.Equal(Synchronized, Snapshot(107, bid: (98, 1), ask: (103, 1)));
        Assert.Equal(Top(99, 5, 102, 6), _book.Top);
        Assert.Equal((112L, 1L), (_synchronizer.LastUpdateId, _synchronizer.Gaps));
    }

    [Fact]
    public void Apply_SnapshotOlderThanBufferedDeltas_IsAGapAndKeepsThem()
    {
        Delta(105, 110, bid: (99, 5));

        Assert.Equal(Gap, Snapshot(100, bid: (98, 1), ask: (103, 1)));
        Assert.Equal((false, 1), (_synchronizer.IsInSync, _synchronizer.BufferedDeltas));
        Assert.Equal(default, _book.Top);

        Assert.Equal(Synchronized, Snapshot(104, bid: (98, 1), ask: (103, 1)));
        Assert.Equal(Top(99, 5, 103, 1), _book.Top);
    }

    [Theory]
    [InlineData(99, Ignored, 98)]
    [InlineData(100, Ignored, 98)]
    [InlineData(101, Synchronized, 90)]
    public void Apply_SnapshotInSync_OnlyANewerOneSeeds(long id, BookUpdateOutcome outcome, int bid)
    {
        Snapshot(100, bid: (98, 1), ask: (103, 1));

        Assert.Equal(outcome, Snapshot(id, bid: (90, 1), ask: (103, 1)));
        Assert.Equal(P(bid), _book.Top.Bid);
        Assert.Equal(1, _book.Count(Side.Buy));
    }

    [Fact]
    public void Apply_CrossingDelta_EmptiesTheBookAndCounts()
    {
        Snapshot(100, bid: (98, 1), ask: (103, 1));

        Assert.Equal(Crossed, Delta(101, 102, bid: (103, 1)));
        Assert.Equal((false, 1L, 0L), (_synchronizer.IsInSync, _synchronizer.CrossedBooks, _synchronizer.Gaps));
        Assert.Equal(default, _book.Top);

        Assert.Equal(Synchronized, Snapshot(102, bid: (98, 1), ask: (103, 1)));
        Assert.Equal(Applied, Delta(103, 103, bid: (99, 1)));
    }

    [Fact]
    public void Apply_CrossedSnapshot_IsRefused()
    {
        Assert.Equal(Crossed, Snapshot(100, bid: (103, 1), ask: (103, 1)));
        Assert.False(_synchronizer.IsInSync);
        Assert.Equal(default, _book.Top);
    }

    [Fact]
    public void Apply_CrossingBufferedDelta_LeavesTheBookOutOfSync()
    {
        Delta(101, 105, bid: (110, 1));

        Assert.Equal(Crossed, Snapshot(100, bid: (98, 1), ask: (103, 1)));
        Assert.False(_synchronizer.IsInSync);
        Assert.Equal(Synchronized, Snapshot(105, bid: (98, 1), ask: (103, 1)));
    }

    [Fact]
    public void Apply_FeedInterrupted_ForgetsBookAndBufferWithoutAGap()
    {
        Snapshot(100, bid: (98, 1), ask: (103, 1));

        Assert.Equal(Interrupted, Apply(new MarketEvent { Kind = MarketEventKind.FeedInterrupted }));
        Assert.Equal(
            (BookState.AwaitingSnapshot, 0L, 0),
            (_synchronizer.State, _synchronizer.Gaps, _synchronizer.BufferedDeltas));
        Assert.Equal(default, _book.Top);

        Delta(201, 205, bid: (97, 1));
        Apply(new MarketEvent { Kind = MarketEventKind.FeedInterrupted });
        Assert.Equal(0, _synchronizer.BufferedDeltas);
    }

    [Fact]
    public void Apply_RestartedVenueWithLowerIds_IsTakenAfterAnInterruption()
    {
        Snapshot(1_000, bid: (98, 1), ask: (103, 1));
        Apply(new MarketEvent { Kind = MarketEventKind.FeedInterrupted });

        Assert.Equal(Synchronized, Snapshot(10, bid: (97, 1), ask: (103, 1)));
        Assert.Equal(10, _synchronizer.LastUpdateId);
    }

    [Theory]
    [InlineData(MarketEventKind.Trade)]
    [InlineData(MarketEventKind.Quote)]
    public void Apply_OtherEvents_AreIgnored(MarketEventKind kind)
    {
        Snapshot(100, bid: (98, 1), ask: (103, 1));

        Assert.Equal(Ignored, Apply(new MarketEvent { Kind = kind, LastId = 500 }));
        Assert.Equal(100, _synchronizer.LastUpdateId);
    }

    [Fact]
    public void Apply_CountsThatDifferFromTheLevels_Throws()
    {
        var delta = new MarketEvent { Kind = MarketEventKind.BookDelta, FirstId = 1, LastId = 1, BidCount = 2 };

        Assert.Throws<ArgumentException>(() => _synchronizer.Apply(delta, [new PriceLevel(P(1), Q(1))]));
    }

    [Fact]
    public void Apply_FullBuffer_DropsTheOlderHalfAndStillJoinsALateSnapshot()
    {
        for (var id = 1; id <= 1_500; id++)
        {
            Delta(id, id, bid: (50, id));
        }

        Assert.Equal(1_500, _synchronizer.BufferedDeltas + _synchronizer.DroppedDeltas);
        Assert.InRange(_synchronizer.BufferedDeltas, 500, 1_000);
        Assert.Equal(Synchronized, Snapshot(1_400, bid: (49, 1), ask: (103, 1)));
        Assert.Equal(Q(1_500), _book.QuantityAt(Side.Buy, P(50)));
        Assert.Equal(1_500, _synchronizer.LastUpdateId);
    }

    [Fact]
    public void Apply_InSync_AllocatesNothing()
    {
        Snapshot(1, bid: (98, 1), ask: (103, 1));
        PriceLevel[] levels = [new(P(98), Q(3)), new(P(97), Q(1)), new(P(97), Q(0)), new(P(104), Q(1))];
        Run(2, levels);

        Assert.Equal(0, Allocations.Least(round => Run(1_002 + (1_000 * round), levels)));
        Assert.Equal(4_001, _synchronizer.LastUpdateId);
    }

    private void Run(long firstId, PriceLevel[] levels)
    {
        var delta = new MarketEvent { Kind = MarketEventKind.BookDelta, BidCount = 3, AskCount = 1 };
        for (var id = firstId; id < firstId + 1_000; id++)
        {
            _synchronizer.Apply(delta with { FirstId = id, LastId = id }, levels);
        }
    }

    private BookUpdateOutcome Apply(in MarketEvent marketEvent) => _synchronizer.Apply(marketEvent, []);

    private BookUpdateOutcome Delta(long firstId, long lastId, (int, int)? bid = null, (int, int)? ask = null) =>
        Apply(MarketEventKind.BookDelta, firstId, lastId, bid, ask);

    private BookUpdateOutcome Snapshot(long id, (int, int)? bid = null, (int, int)? ask = null) =>
        Apply(MarketEventKind.BookSnapshot, 0, id, bid, ask);

    private BookUpdateOutcome Apply(
        MarketEventKind kind, long firstId, long lastId, (int Price, int Quantity)? bid, (int Price, int Quantity)? ask)
    {
        var levels = new[] { bid, ask }.Where(level => level is not null)
            .Select(level => new PriceLevel(P(level!.Value.Price), Q(level.Value.Quantity))).ToArray();
        return _synchronizer.Apply(
            new MarketEvent
            {
                Kind = kind,
                FirstId = firstId,
                LastId = lastId,
                BidCount = bid is null ? 0 : 1,
                AskCount = ask is null ? 0 : 1,
            },
            levels);
    }

    private static Quote Top(int bid, int bidQuantity, int ask, int askQuantity) =>
        new(P(bid), Q(bidQuantity), P(ask), Q(askQuantity));

    private static Price P(int ticks) => Price.FromUnits(ticks * 1_000_000L);

    private static Quantity Q(int lots) => Quantity.FromUnits(lots * 1_000L);
}
