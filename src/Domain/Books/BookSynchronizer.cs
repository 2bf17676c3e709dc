using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Books;

/// <summary>
/// Keeps an <see cref="OrderBook"/> equal to the venue's from one snapshot and the deltas after it.
/// Source: Binance spot documentation, "How to manage a local order book correctly": deltas with
/// <c>u &lt;= lastUpdateId</c> are dropped, the next must satisfy <c>U &lt;= lastUpdateId + 1 &lt;= u</c>. A delta that
/// overlaps the book is applied, since its quantities are absolute: two connections cut the same updates differently.
/// </summary>
public sealed class BookSynchronizer(OrderBook book) : IStateful
{
    private readonly DeltaBuffer _buffer = new();

    public OrderBook Book => book;

    public BookState State { get; private set; } = BookState.AwaitingSnapshot;

    public bool IsInSync => State == BookState.InSync;

    /// <summary>The venue's update id of the book; of the last book while it is not in sync.</summary>
    public long LastUpdateId { get; private set; }

    /// <summary>Number of gaps found in the updates.</summary>
    public long Gaps { get; private set; }

    /// <summary>Number of books discarded because best bid and ask crossed.</summary>
    public long CrossedBooks { get; private set; }

    /// <summary>Deltas dropped because the book already contained them.</summary>
    public long StaleDeltas { get; private set; }

    /// <summary>Deltas that wait for a snapshot; at most 1,000.</summary>
    public int BufferedDeltas => _buffer.Count;

    /// <summary>Waiting deltas dropped because the buffer was full.</summary>
    public long DroppedDeltas => _buffer.Dropped;

    /// <param name="marketEvent">Any event of the instrument; trades, quotes and tallies of posts are ignored.</param>
    /// <param name="levels">The event's bids, then its asks.</param>
    /// <exception cref="ArgumentException">A book event whose counts disagree with its levels.</exception>
    public BookUpdateOutcome Apply(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
    {
        switch (marketEvent.Kind)
        {
            case MarketEventKind.BookDelta:
                ThrowIfCountsDiffer(marketEvent, levels);
                return ApplyDelta(marketEvent, levels);
            case MarketEventKind.BookSnapshot:
                ThrowIfCountsDiffer(marketEvent, levels);
                return ApplySnapshot(marketEvent, levels);
            case MarketEventKind.FeedInterrupted:
                _buffer.Clear();
                DiscardBook();
                return BookUpdateOutcome.Interrupted;
            default:
                return BookUpdateOutcome.Ignored;
        }
    }

    private BookUpdateOutcome ApplyDelta(in MarketEvent delta, ReadOnlySpan<PriceLevel> levels)
    {
        if (State == BookState.AwaitingSnapshot)
        {
            _buffer.Add(delta, levels);
            return BookUpdateOutcome.Buffered;
        }

        var outcome = Continue(delta.FirstId, delta.LastId, levels[..delta.BidCount], levels[delta.BidCount..]);
        if (State == BookState.AwaitingSnapshot)
        {
            // It may continue the next snapshot.
            _buffer.Add(delta, levels);
        }

        return outcome;
    }

    private BookUpdateOutcome Continue(
        long firstId, long lastId, ReadOnlySpan<PriceLevel> bids, ReadOnlySpan<PriceLevel> asks)
    {
        if (lastId <= LastUpdateId)
        {
            StaleDeltas++;
            return BookUpdateOutcome.Stale;
        }

        if (firstId > LastUpdateId + 1)
        {
            Gaps++;
            DiscardBook();
            return BookUpdateOutcome.Gap;
        }

        book.Set(bids, asks);
        LastUpdateId = lastId;
        return DiscardIfCrossed() ? BookUpdateOutcome.Crossed : BookUpdateOutcome.Applied;
    }

    private BookUpdateOutcome ApplySnapshot(in MarketEvent snapshot, ReadOnlySpan<PriceLevel> levels)
    {
        if (IsInSync && snapshot.LastId <= LastUpdateId)
        {
            return BookUpdateOutcome.Ignored;
        }

        book.Clear();
        book.Set(levels[..snapshot.BidCount], levels[snapshot.BidCount..]);
        LastUpdateId = snapshot.LastId;
        State = BookState.InSync;
        if (DiscardIfCrossed())
        {
            return BookUpdateOutcome.Crossed;
        }

        for (var i = 0; i < _buffer.Count; i++)
        {
            var outcome = Continue(_buffer.FirstId(i), _buffer.LastId(i), _buffer.Bids(i), _buffer.Asks(i));
            if (State == BookState.AwaitingSnapshot)
            {
                _buffer.RemoveFirst(i);
                return outcome;
            }
        }

        _buffer.Clear();
        return BookUpdateOutcome.Synchronized;
    }

    private bool DiscardIfCrossed()
    {
        if (!book.IsCrossed)
        {
            return false;
        }

        CrossedBooks++;
        DiscardBook();
        return true;
    }

    private void DiscardBook()
    {
        book.Clear();
        State = BookState.AwaitingSnapshot;
    }

    private static void ThrowIfCountsDiffer(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
    {
        if (marketEvent.BidCount < 0 || marketEvent.AskCount < 0 || marketEvent.LevelCount != levels.Length)
        {
            throw new ArgumentException(
                $"a {marketEvent.Kind} of {marketEvent.BidCount} bids and {marketEvent.AskCount} asks "
                + $"came with {levels.Length} levels",
                nameof(levels));
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        book.Save(writer);
        _buffer.Save(writer);
        writer.Write(IsInSync);
        writer.Write(LastUpdateId);
        writer.Write(Gaps);
        writer.Write(CrossedBooks);
        writer.Write(StaleDeltas);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(BookSynchronizer), 1);
        book.Load(reader);
        _buffer.Load(reader);
        State = reader.ReadBool() ? BookState.InSync : BookState.AwaitingSnapshot;
        LastUpdateId = reader.ReadLong();
        Gaps = reader.ReadLong();
        CrossedBooks = reader.ReadLong();
        StaleDeltas = reader.ReadLong();
    }
}
