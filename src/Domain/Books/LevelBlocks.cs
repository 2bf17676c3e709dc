using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Books;

/// <summary>
/// Levels in order, at any price: blocks of 64 sorted slots, best first. One bit per slot shows whether it holds a level: a
/// removed level leaves its key behind, so that a returning price is found again, and a new level moves only those before
/// the nearest free slot. Prices of deltas are hard to predict, so both searches (which block, where in it) count smaller
/// keys with vectors instead of branching. <see cref="BookSide"/> keeps the levels outside its window here.
/// </summary>
internal sealed class LevelBlocks
{
    private const int InitialBlocks = 16;
    private const int SparseBlock = 8;

    /// <summary>Per block: its keys in ascending order, including free ones, then its quantities.</summary>
    private long[] _blocks = new long[InitialBlocks * BookBlock.Length];

    /// <summary>
    /// Per block in order: an upper bound of its keys and a lower bound of the next block's; unbounded from the last on.
    /// </summary>
    private long[] _bounds = new long[InitialBlocks];

    /// <summary>Per block in order: its start in <see cref="_blocks"/>; after the last, the unused starts.</summary>
    private int[] _starts = new int[InitialBlocks];

    /// <summary>Per block in order: the slots that hold a level; never zero unless the side is empty.</summary>
    private ulong[] _taken = new ulong[InitialBlocks];

    private int _blockCount;

    public LevelBlocks()
    {
        NumberStarts(0);
        Clear();
    }

    public int Count { get; private set; }

    /// <summary>Key of the best level, which must exist.</summary>
    public long BestKey => _blocks[BestSlot];

    /// <summary>Key of the last level, which must exist.</summary>
    public long DeepestKey
    {
        get
        {
            var last = _blockCount - 1;
            return _blocks[_starts[last] + BitOperations.Log2(_taken[last])];
        }
    }

    /// <summary>The best level, which must exist.</summary>
    public PriceLevel Best => LevelAt(BestSlot);

    private int BestSlot => _starts[0] + BitOperations.TrailingZeroCount(_taken[0]);

    public void Clear()
    {
        _bounds.AsSpan().Fill(BookBlock.Unbounded);
        _blockCount = 1;
        _taken[0] = 0;
        _blocks.AsSpan(_starts[0], BookBlock.Slots).Fill(BookBlock.Unbounded);
        Count = 0;
    }

    /// <summary>Copies levels, best first, from the given depth; returns how many.</summary>
    public int Copy(int depth, Span<PriceLevel> destination)
    {
        var copied = 0;
        for (var place = 0; place < _blockCount && copied < destination.Length; place++)
        {
            var taken = _taken[place];
            var skipped = Math.Min(depth, BitOperations.PopCount(taken));
            depth -= skipped;
            for (; skipped > 0; skipped--)
            {
                taken &= taken - 1;
            }

            for (; taken != 0 && copied < destination.Length; taken &= taken - 1)
            {
                var slot = _starts[place] + BitOperations.TrailingZeroCount(taken);
                destination[copied++] = LevelAt(slot);
            }
        }

        return copied;
    }

    public long QuantityAt(long key)
    {
        var place = PlaceOf(key);
        var start = _starts[place];
        var slot = SlotOf(start, key);
        return slot < BookBlock.Slots && _blocks[start + slot] == key && ((_taken[place] >> slot) & 1) != 0
            ? _blocks[start + BookBlock.Slots + slot]
            : 0;
    }

    /// <summary>Sets the total quantity at a key; zero removes the level.</summary>
    public void Set(long key, long quantity)
    {
        var place = PlaceOf(key);
        var start = _starts[place];
        var slot = SlotOf(start, key);
        if (slot < BookBlock.Slots && _blocks[start + slot] == key)
        {
            var before = _taken[place];
            var after = (before & ~(1UL << slot)) | ((quantity != 0 ? 1UL : 0UL) << slot);
            _blocks[start + BookBlock.Slots + slot] = quantity;
            _taken[place] = after;
            Count += (int)((after >> slot) & 1) - (int)((before >> slot) & 1);
            if (BitOperations.PopCount(after) < SparseBlock)
            {
                MergeSparse(place);
            }
        }
        else if (quantity != 0)
        {
            Insert(place, slot, key, quantity);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private PriceLevel LevelAt(int slot) =>
        new(Price.FromUnits(Math.Abs(_blocks[slot])), Quantity.FromUnits(_blocks[slot + BookBlock.Slots]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PlaceOf(long key) =>
        BookBlock.CountBelow(ref MemoryMarshal.GetArrayDataReference(_bounds), _blockCount, key);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(int start, long key) =>
        BookBlock.CountBelow(
            ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_blocks), start), BookBlock.Slots, key);

    private void Insert(int place, int slot, long key, long quantity)
    {
        if (_taken[place] == ulong.MaxValue)
        {
            Split(place, place == _blockCount - 1 && slot == BookBlock.Slots ? BookBlock.Slots : BookBlock.Slots / 2);
            if (key > _bounds[place])
            {
                place++;
            }

            slot = SlotOf(_starts[place], key);
        }

        BookBlock.Insert(_blocks.AsSpan(_starts[place], BookBlock.Length), ref _taken[place], slot, key, quantity);
        Count++;
    }

    /// <summary>Merges a block with a neighbour when it is empty or both together fill at most half a block.</summary>
    private void MergeSparse(int place)
    {
        var count = BitOperations.PopCount(_taken[place]);
        if (place + 1 < _blockCount && FitsWith(place + 1))
        {
            Merge(place);
        }
        else if (place > 0 && FitsWith(place - 1))
        {
            Merge(place - 1);
        }

        bool FitsWith(int other) =>
            count == 0 || count + BitOperations.PopCount(_taken[other]) <= BookBlock.Slots / 2;
    }

    /// <summary>
    /// Keeps the first <paramref name="kept"/> levels of a full block and moves the rest to a new block after it.
    /// </summary>
    private void Split(int place, int kept)
    {
        if (_blockCount == _bounds.Length)
        {
            Grow();
        }

        var start = _starts[_blockCount];
        var behind = _blockCount - place - 1;
        Array.Copy(_bounds, place, _bounds, place + 1, behind + 1);
        Array.Copy(_starts, place + 1, _starts, place + 2, behind);
        Array.Copy(_taken, place + 1, _taken, place + 2, behind);
        _blockCount++;
        _starts[place + 1] = start;
        _taken[place + 1] = BookBlock.FirstSlots(BookBlock.Slots - kept);
        _taken[place] = BookBlock.FirstSlots(kept);
        _bounds[place] = _blocks[_starts[place] + kept - 1];
        var left = _blocks.AsSpan(_starts[place], BookBlock.Length);
        BookBlock.MoveTail(left, kept, _blocks.AsSpan(start, BookBlock.Length));
    }

    /// <summary>Merges the next block into a block; their levels must fit into one.</summary>
    private void Merge(int place)
    {
        var left = _blocks.AsSpan(_starts[place], BookBlock.Length);
        var freed = _starts[place + 1];
        var count = BookBlock.Pack(left, _taken[place], left, 0);
        count = BookBlock.Pack(_blocks.AsSpan(freed, BookBlock.Length), _taken[place + 1], left, count);
        left[count..BookBlock.Slots].Fill(BookBlock.Unbounded);
        _taken[place] = BookBlock.FirstSlots(count);
        var behind = _blockCount - place - 2;
        Array.Copy(_bounds, place + 1, _bounds, place, behind + 1);
        Array.Copy(_starts, place + 2, _starts, place + 1, behind);
        Array.Copy(_taken, place + 2, _taken, place + 1, behind);
        _blockCount--;
        _starts[_blockCount] = freed;
    }

    private void Grow()
    {
        var length = _bounds.Length;
        Array.Resize(ref _bounds, 2 * length);
        Array.Resize(ref _starts, 2 * length);
        Array.Resize(ref _taken, 2 * length);
        Array.Resize(ref _blocks, 2 * length * BookBlock.Length);
        _bounds.AsSpan(length).Fill(BookBlock.Unbounded);
        NumberStarts(length);
    }

    private void NumberStarts(int from)
    {
        for (var i = from; i < _starts.Length; i++)
        {
            _starts[i] = i * BookBlock.Length;
        }
    }
}
