using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Books;

/// <summary>
/// Price levels of one instrument (L2). Does not check sequences: <see cref="BookSynchronizer"/> feeds it. Reads of the top
/// are O(1). Allocates only when a side outgrows its arrays, never in a settled book.
/// </summary>
public sealed class OrderBook : IStateful
{
    /// <summary>
    /// Most levels per side; beyond it the deepest is dropped and counted in <see cref="DroppedLevels"/>.
    /// </summary>
    public const int MaxLevelsPerSide = 20_000;

    private readonly BookSide _bids;
    private readonly BookSide _asks;

    /// <param name="maxLevelsPerSide">1…<see cref="MaxLevelsPerSide"/>.</param>
    public OrderBook(int maxLevelsPerSide = MaxLevelsPerSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLevelsPerSide, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxLevelsPerSide, MaxLevelsPerSide);
        _bids = new BookSide(maxLevelsPerSide);
        _asks = new BookSide(maxLevelsPerSide);
    }

    /// <summary>Best bid and ask; price zero for a side without levels.</summary>
    public Quote Top
    {
        get
        {
            var bid = _bids.Best;
            var ask = _asks.Best;
            return new(bid.Price, bid.Quantity, ask.Price, ask.Quantity);
        }
    }

    /// <summary>Best bid at or above the best ask: a sign of lost updates, never true of the venue's book.</summary>
    public bool IsCrossed => _bids.Count > 0 && _asks.Count > 0 && -_bids.BestKey >= _asks.BestKey;

    /// <summary>Levels dropped since construction because a side was full.</summary>
    public long DroppedLevels => _bids.Dropped + _asks.Dropped;

    public void Clear()
    {
        _bids.Clear();
        _asks.Clear();
    }

    /// <summary>Sets the total quantity at a price; zero removes the level.</summary>
    public void Set(Side side, Price price, Quantity quantity)
    {
        if (side == Side.Buy)
        {
            _bids.Set(-price.Units, quantity.Units);
        }
        else
        {
            _asks.Set(price.Units, quantity.Units);
        }
    }

    /// <summary>Sets levels in the order of an event: bids first, then asks.</summary>
    internal void Set(ReadOnlySpan<PriceLevel> bids, ReadOnlySpan<PriceLevel> asks)
    {
        foreach (ref readonly var level in bids)
        {
            _bids.Set(-level.Price.Units, level.Quantity.Units);
        }

        foreach (ref readonly var level in asks)
        {
            _asks.Set(level.Price.Units, level.Quantity.Units);
        }
    }

    public int Count(Side side) => Of(side).Count;

    /// <summary>The level at <paramref name="depth"/>, 0 for the best; default (price zero) beyond the last.</summary>
    public PriceLevel LevelAt(Side side, int depth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(depth);
        var found = default(PriceLevel);
        Of(side).Copy(depth, new Span<PriceLevel>(ref found));
        return found;
    }

    /// <summary>Copies levels, best first, until the destination is full or the side ends; returns how many.</summary>
    public int CopyTop(Side side, Span<PriceLevel> destination) => Of(side).Copy(0, destination);

    /// <summary>Quantity resting at a price; zero where there is no level.</summary>
    public Quantity QuantityAt(Side side, Price price) =>
        Quantity.FromUnits(side == Side.Buy ? _bids.QuantityAt(-price.Units) : _asks.QuantityAt(price.Units));

    private BookSide Of(Side side) => side == Side.Buy ? _bids : _asks;

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        _bids.Save(writer);
        _asks.Save(writer);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(OrderBook), 1);
        _bids.Load(reader, sign: -1);
        _asks.Load(reader, sign: 1);
    }
}
