using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Books;

/// <summary>
/// Levels of one side within 65,536 ticks, each at its tick's index: setting one neither searches nor moves others. One bit
/// per tick shows whether it holds a level; two more layers of bits, for words that are not zero, find the best and the
/// next without visiting empty ticks. Quantities are in pages of 64 ticks, created when a level first needs one, so that a
/// window costs what its levels use: 20 KiB at first, 525 KiB at most, whatever the prices.
/// </summary>
internal sealed class TickWindow
{
    public const int Ticks = Pages * PageTicks;

    private const int PageTicks = 64;
    private const int Pages = 1_024;
    private const int InitialPages = 16;

    /// <summary>Bit per tick, set when it holds a level.</summary>
    private readonly ulong[] _taken = new ulong[Pages];

    /// <summary>Bit per page, set when it holds a level.</summary>
    private readonly ulong[] _takenPages = new ulong[Pages / 64];

    /// <summary>
    /// Per page: the start of its quantities in <see cref="_quantities"/>; 0 for a page without any. Quantities of ticks
    /// without a level are stale.
    /// </summary>
    private readonly int[] _starts = new int[Pages];

    /// <summary>Pages of quantities in order of first use, from the second on; the first stays zero.</summary>
    private long[] _quantities = new long[InitialPages * PageTicks];

    private int _usedQuantities = PageTicks;

    /// <summary>Bit per word of <see cref="_takenPages"/>, set when it is not zero.</summary>
    private ulong _takenWords;

    private long _first;
    private long _tick;

    /// <summary>
    /// A tick is <c>odd × 2^shift</c>. An offset times the inverse of odd (mod 2^64), rotated by the shift, is its number
    /// of ticks when it is a multiple, and larger than any multiple's otherwise: one multiplication replaces a division
    /// with remainder.
    /// </summary>
    private ulong _inverse;

    private int _shift;
    private uint _span;

    public bool IsEmpty => _takenWords == 0;

    /// <summary>Whether the window is placed; false before the first <see cref="Place"/>.</summary>
    public bool IsPlaced => _span != 0;

    /// <summary>Key of the first tick. Smaller keys are better than any in the window.</summary>
    public long First => _first;

    /// <summary>Distance of two neighbouring keys of the window.</summary>
    public long Tick => _tick;

    /// <summary>Key of the best level, which must exist.</summary>
    public long BestKey => KeyAt(BestIndex);

    /// <summary>The best level, which must exist.</summary>
    public PriceLevel Best => LevelAt(BestIndex);

    /// <summary>Key of the last level, which must exist.</summary>
    public long DeepestKey
    {
        get
        {
            var word = BitOperations.Log2(_takenWords);
            var page = word * 64 + BitOperations.Log2(_takenPages[word]);
            return KeyAt(page * PageTicks + BitOperations.Log2(_taken[page]));
        }
    }

    private int BestIndex
    {
        get
        {
            var word = BitOperations.TrailingZeroCount(_takenWords);
            var page = word * 64 + BitOperations.TrailingZeroCount(_takenPages[word]);
            return page * PageTicks + BitOperations.TrailingZeroCount(_taken[page]);
        }
    }

    /// <summary>Whether a key is between the first tick and the last, on a tick or not.</summary>
    public bool Spans(long key) =>
        IsPlaced && key >= _first && (ulong)key - (ulong)_first < (ulong)_tick * Ticks;

    /// <summary>Finds the index of a key; returns false when it is outside the window or between two ticks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(long key, out int index)
    {
        var ticks = BitOperations.RotateRight(((ulong)key - (ulong)_first) * _inverse, _shift);
        index = (int)ticks;
        return ticks < _span;
    }

    public long QuantityAt(int index) =>
        ((_taken[index / PageTicks] >> index) & 1) != 0 ? _quantities[_starts[index / PageTicks] + index % PageTicks] : 0;

    /// <summary>
    /// Sets the total quantity at an index; zero removes the level. Returns the change in the number of levels.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Set(int index, long quantity)
    {
        // Whether a delta's price has a level, and whether it removes it, is unpredictable: no branch depends on it.
        var page = index / PageTicks;
        var start = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_starts), page);
        if (start == 0)
        {
            if (quantity == 0)
            {
                return 0;
            }

            start = AddPage(page);
        }

        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_quantities), start + index % PageTicks) = quantity;
        ref var taken = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_taken), page);
        var before = taken;
        var after = (before & ~(1UL << index)) | (Bit(quantity) << index);
        taken = after;
        ref var pages = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_takenPages), page / 64);
        pages = (pages & ~(1UL << page)) | (Bit((long)after) << page);
        _takenWords = (_takenWords & ~(1UL << (page / 64))) | (Bit((long)pages) << (page / 64));
        return (int)((after >> index) & 1) - (int)((before >> index) & 1);
    }

    /// <summary>Copies levels, best first, from the given depth; returns how many.</summary>
    public int Copy(int depth, Span<PriceLevel> destination)
    {
        var copied = 0;
        for (var words = _takenWords; words != 0; words &= words - 1)
        {
            var word = BitOperations.TrailingZeroCount(words);
            for (var pages = _takenPages[word]; pages != 0; pages &= pages - 1)
            {
                var page = word * 64 + BitOperations.TrailingZeroCount(pages);
                var taken = _taken[page];
                var skipped = Math.Min(depth, BitOperations.PopCount(taken));
                depth -= skipped;
                for (; skipped > 0; skipped--)
                {
                    taken &= taken - 1;
                }

                for (; taken != 0; taken &= taken - 1)
                {
                    if (copied == destination.Length)
                    {
                        return copied;
                    }

                    destination[copied++] = LevelAt(page * PageTicks + BitOperations.TrailingZeroCount(taken));
                }
            }
        }

        return copied;
    }

    /// <summary>Empties the window and moves its start to a key, with a tick of 1…10^13.</summary>
    public void Place(long first, long tick)
    {
        Clear();
        _first = first;
        _tick = tick;
        _shift = BitOperations.TrailingZeroCount(tick);
        _inverse = InverseOf((ulong)tick >> _shift);
        _span = Ticks;
    }

    /// <summary>Empties the window and leaves it without a place.</summary>
    public void Clear()
    {
        _taken.AsSpan().Clear();
        _takenPages.AsSpan().Clear();
        _starts.AsSpan().Clear();
        _usedQuantities = PageTicks;
        _takenWords = 0;
        _span = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bit(long value) => value != 0 ? 1UL : 0UL;

    /// <summary>
    /// Computes the inverse of an odd number mod 2^64 by Newton's method: each step doubles the correct bits.
    /// </summary>
    private static ulong InverseOf(ulong odd)
    {
        var inverse = odd;
        for (var bits = 3; bits < 64; bits *= 2)
        {
            inverse *= 2 - odd * inverse;
        }

        return inverse;
    }

    private long KeyAt(int index) => _first + index * _tick;

    private PriceLevel LevelAt(int index) => new(
        Price.FromUnits(Math.Abs(KeyAt(index))),
        Quantity.FromUnits(_quantities[_starts[index / PageTicks] + index % PageTicks]));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int AddPage(int page)
    {
        if (_usedQuantities == _quantities.Length)
        {
            Array.Resize(ref _quantities, Math.Min(2 * _quantities.Length, (Pages + 1) * PageTicks));
        }

        var start = _usedQuantities;
        _usedQuantities += PageTicks;
        _starts[page] = start;
        return start;
    }
}
