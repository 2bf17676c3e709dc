using System.Buffers;
using System.Runtime.CompilerServices;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Books;

/// <summary>
/// One side of a book, best first. A key is the price for asks and the negated price for bids, so that both sides share the
/// code. Levels near the best are in a window indexed by ticks, the others in sorted blocks. The position of the window
/// affects speed only, never results: a level outside it is kept in the blocks, whatever its price.
/// </summary>
/// <remarks>
/// 1. A level is in the window exactly when the window spans its key, so that each key within it is on its tick.
/// 2. The window moves after as many levels outside it as the side has, so that moving costs each a constant.
/// 3. The tick divides the distances of all keys; it becomes finer when a level between two ticks arrives.
/// </remarks>
internal sealed class BookSide(int maxLevels)
{
    /// <summary>After a move the best level lies this many ticks behind the window's start, since prices often return.</summary>
    private const int Lead = TickWindow.Ticks / 4;

    private const int MinOutside = 64;

    /// <summary>100,000 whole units, which keeps the width of a window within a long.</summary>
    private const long LargestTick = 10_000_000_000_000;

    private readonly TickWindow _window = new();
    private readonly LevelBlocks _outside = new();

    /// <summary>Number of levels outside the window that are better than all in it.</summary>
    private int _ahead;

    /// <summary>Levels set outside the window since the last check.</summary>
    private int _setOutside;

    public int Count { get; private set; }

    /// <summary>Levels dropped because the side was full; the deepest is dropped first.</summary>
    public long Dropped { get; private set; }

    /// <summary>Key of the best level; 0 when the side is empty.</summary>
    public long BestKey =>
        IsBestInWindow ? _window.BestKey
        : Count > 0 ? _outside.BestKey
        : 0;

    public PriceLevel Best =>
        IsBestInWindow ? _window.Best
        : Count > 0 ? _outside.Best
        : default;

    private bool IsBestInWindow => _ahead == 0 && !_window.IsEmpty;

    private long DeepestKey => _outside.Count > _ahead || _window.IsEmpty ? _outside.DeepestKey : _window.DeepestKey;

    public void Clear()
    {
        _window.Clear();
        _outside.Clear();
        _ahead = 0;
        _setOutside = 0;
        Count = 0;
    }

    /// <summary>Copies levels, best first, from the given depth; returns how many.</summary>
    public int Copy(int depth, Span<PriceLevel> destination)
    {
        var ahead = Math.Clamp(_ahead - depth, 0, destination.Length);
        var copied = _outside.Copy(depth, destination[..ahead]);
        copied += _window.Copy(Math.Max(depth - _ahead, 0), destination[copied..]);
        var inWindow = Count - _outside.Count;
        return copied + _outside.Copy(Math.Max(depth - inWindow, _ahead), destination[copied..]);
    }

    public long QuantityAt(long key) =>
        _window.TryFind(key, out var index) ? _window.QuantityAt(index) : _outside.QuantityAt(key);

    /// <summary>Sets the total quantity at a key; zero removes the level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(long key, long quantity)
    {
        if (Count < maxLevels && _window.TryFind(key, out var index))
        {
            Count += _window.Set(index, quantity);
        }
        else
        {
            SetSlowly(key, quantity);
        }
    }

    /// <summary>Saves only the levels: the position of the window changes no result, and loading sets it again.</summary>
    public void Save(StateWriter writer)
    {
        var rented = ArrayPool<PriceLevel>.Shared.Rent(Count);
        var levels = rented.AsSpan(0, Copy(0, rented.AsSpan(0, Count)));
        writer.Write(levels.Length);
        foreach (ref readonly var level in levels)
        {
            level.Save(writer);
        }

        ArrayPool<PriceLevel>.Shared.Return(rented);
        writer.Write(Dropped);
    }

    /// <param name="reader">Reader at the levels of this side.</param>
    /// <param name="sign">−1 for bids, 1 for asks.</param>
    public void Load(StateReader reader, int sign)
    {
        Clear();
        for (var left = reader.ReadCount("levels of a side", maxLevels); left > 0; left--)
        {
            var level = PriceLevel.Load(reader);
            Set(sign * level.Price.Units, level.Quantity.Units);
        }

        Dropped = reader.ReadLong();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void SetSlowly(long key, long quantity)
    {
        if (Count == maxLevels && quantity != 0 && QuantityAt(key) == 0)
        {
            Dropped++;
            var deepest = DeepestKey;
            if (key > deepest)
            {
                return;
            }

            Put(deepest, 0);
        }

        Put(key, quantity);
        if (_setOutside >= MinOutside && _setOutside >= Count)
        {
            _setOutside = 0;
            MoveWindow();
        }
    }

    private void Put(long key, long quantity)
    {
        if (_window.TryFind(key, out var index))
        {
            Count += _window.Set(index, quantity);
            return;
        }

        if (quantity != 0 && _window.Spans(key))
        {
            PlaceWindow(CommonDivisor(_window.Tick, key - _window.First));
            Put(key, quantity);
            return;
        }

        _setOutside++;
        PutOutside(key, quantity);
    }

    private void PutOutside(long key, long quantity)
    {
        var change = -_outside.Count;
        _outside.Set(key, quantity);
        change += _outside.Count;
        Count += change;
        if (key < _window.First)
        {
            _ahead += change;
        }
    }

    /// <summary>
    /// Moves the window to the best level, unless it is well placed: the levels outside are then simply far away.
    /// </summary>
    private void MoveWindow()
    {
        if (Count > 0 && !(_window.TryFind(BestKey, out var index) && index is >= Lead / 2 and < 2 * Lead))
        {
            PlaceWindow(LargestTick);
        }
    }

    /// <summary>
    /// Places the window so that the best level is slightly behind its start, and moves every level to its place.
    /// </summary>
    /// <param name="coarsest">A multiple of the tick that divides the distance of any two keys.</param>
    private void PlaceWindow(long coarsest)
    {
        // On a side all keys have one sign; 0, which has none, is the best ask or the only level.
        var best = BestKey;
        var sign = best < 0 ? -1 : 1;
        var rented = ArrayPool<PriceLevel>.Shared.Rent(Count);
        var levels = rented.AsSpan(0, Copy(0, rented.AsSpan(0, Count)));
        var tick = coarsest;
        foreach (ref readonly var level in levels)
        {
            tick = CommonDivisor(tick, sign * level.Price.Units - best);
        }

        var lead = (long)Math.Min(Lead, ((ulong)best - unchecked((ulong)long.MinValue)) / (ulong)tick);
        Clear();
        _window.Place(best - lead * tick, tick);
        foreach (ref readonly var level in levels)
        {
            var key = sign * level.Price.Units;
            if (_window.TryFind(key, out var index))
            {
                Count += _window.Set(index, level.Quantity.Units);
            }
            else
            {
                PutOutside(key, level.Quantity.Units);
            }
        }

        ArrayPool<PriceLevel>.Shared.Return(rented);
    }

    /// <summary>Euclid's algorithm; distances within a window or behind the best are never negative.</summary>
    private static long CommonDivisor(long divisor, long distance)
    {
        while (distance != 0)
        {
            (divisor, distance) = (distance, divisor % distance);
        }

        return divisor;
    }
}
