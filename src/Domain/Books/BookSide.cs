using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Domain.Books;

/// <summary>
/// One side of a book: blocks of 64 sorted slots, best first. A key is the price for asks and the negated price for
/// bids, so that both sides run the same code. A bit per slot says whether it holds a level: a removed level leaves its
/// key behind, so that a price that comes back (most do) is found again, and a new one moves only what stands before the
/// nearest free slot. Prices of deltas are hard to predict, so both searches (which block, where in it) count smaller
/// keys with vectors instead of branching.
/// </summary>
internal sealed class BookSide
{
    private const int BlockSlots = 64;
    private const int BlockLength = 2 * BlockSlots;
    private const int InitialBlocks = 64;
    private const int SparseBlock = 8;
    private const long Unbounded = long.MaxValue;

    private readonly int _maxLevels;

    /// <summary>Per block: its keys in ascending order, free ones included, then its quantities.</summary>
    private long[] _blocks = new long[InitialBlocks * BlockLength];

    /// <summary>Per block in order: no level of it has a key above this, all of the next do. From the last on, unbounded.</summary>
    private long[] _bounds = new long[InitialBlocks];

    /// <summary>Per block in order: where it starts in <see cref="_blocks"/>; behind the last, the starts not in use.</summary>
    private int[] _starts = new int[InitialBlocks];

    /// <summary>Per block in order: which slots hold a level; never zero unless the side is empty.</summary>
    private ulong[] _taken = new ulong[InitialBlocks];

    private int _blockCount;

    public BookSide(int maxLevels)
    {
        _maxLevels = maxLevels;
        NumberStarts(0);
        Clear();
    }

    public int Count { get; private set; }

    /// <summary>Levels given up because the side was full; the deepest goes first.</summary>
    public long Dropped { get; private set; }

    /// <summary>Key of the best level; 0 when the side is empty.</summary>
    public long BestKey => Count > 0 ? _blocks[BestSlot] : 0;

    public PriceLevel Best
    {
        get
        {
            if (Count == 0)
            {
                return default;
            }

            var slot = BestSlot;
            return new(Price.FromUnits(Math.Abs(_blocks[slot])), Quantity.FromUnits(_blocks[slot + BlockSlots]));
        }
    }

    private int BestSlot => _starts[0] + BitOperations.TrailingZeroCount(_taken[0]);

    public void Clear()
    {
        _bounds.AsSpan().Fill(Unbounded);
        _blockCount = 1;
        _taken[0] = 0;
        _blocks.AsSpan(_starts[0], BlockSlots).Fill(Unbounded);
        Count = 0;
    }

    /// <summary>Copies levels, best first, from the given depth on; returns how many.</summary>
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
                destination[copied++] = new(Price.FromUnits(Math.Abs(_blocks[slot])), Quantity.FromUnits(_blocks[slot + BlockSlots]));
            }
        }

        return copied;
    }

    public long QuantityAt(long key)
    {
        var place = PlaceOf(key);
        var start = _starts[place];
        var slot = SlotOf(start, key);
        return slot < BlockSlots && _blocks[start + slot] == key && ((_taken[place] >> slot) & 1) != 0
            ? _blocks[start + BlockSlots + slot]
            : 0;
    }

    /// <summary>Puts the whole quantity at a key; zero removes it.</summary>
    public void Set(long key, long quantity)
    {
        var place = PlaceOf(key);
        var start = _starts[place];
        var slot = SlotOf(start, key);
        if (slot < BlockSlots && _blocks[start + slot] == key)
        {
            var before = _taken[place];
            if (Count == _maxLevels && quantity != 0 && ((before >> slot) & 1) == 0)
            {
                SetInFull(key, quantity);
                return;
            }

            var after = (before & ~(1UL << slot)) | ((quantity != 0 ? 1UL : 0UL) << slot);
            _blocks[start + BlockSlots + slot] = quantity;
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
    private int PlaceOf(long key) => CountBelow(ref MemoryMarshal.GetArrayDataReference(_bounds), _blockCount, key);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(int start, long key) =>
        CountBelow(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_blocks), start), BlockSlots, key);

    /// <summary>How many of the first <paramref name="length"/> numbers, rounded up to eight, are below the key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CountBelow(ref long first, int length, long key)
    {
        var keys = Vector256.Create(key);
        var even = Vector256<long>.Zero;
        var odd = Vector256<long>.Zero;
        for (nuint i = 0; i < (nuint)length; i += 8)
        {
            even += Vector256.LessThan(Vector256.LoadUnsafe(ref first, i), keys);
            odd += Vector256.LessThan(Vector256.LoadUnsafe(ref first, i + 4), keys);
        }

        return (int)-Vector256.Sum(even + odd);
    }

    private void Insert(int place, int slot, long key, long quantity)
    {
        if (Count == _maxLevels)
        {
            SetInFull(key, quantity);
            return;
        }

        if (_taken[place] == ulong.MaxValue)
        {
            Split(place, place == _blockCount - 1 && slot == BlockSlots ? BlockSlots : BlockSlots / 2);
            if (key > _bounds[place])
            {
                place++;
            }

            slot = SlotOf(_starts[place], key);
        }

        var block = _blocks.AsSpan(_starts[place], BlockLength);
        var free = ~_taken[place];
        var behind = slot < BlockSlots ? free >> slot : 0;
        int target;
        if (behind != 0)
        {
            target = slot;
            var moved = BitOperations.TrailingZeroCount(behind);
            for (var i = slot + moved; i > slot; i--)
            {
                block[i] = block[i - 1];
                block[BlockSlots + i] = block[BlockSlots + i - 1];
            }

            _taken[place] |= 1UL << (slot + moved);
        }
        else
        {
            target = slot - 1;
            var gap = BitOperations.Log2(free);
            for (var i = gap; i < target; i++)
            {
                block[i] = block[i + 1];
                block[BlockSlots + i] = block[BlockSlots + i + 1];
            }

            _taken[place] |= 1UL << gap;
        }

        block[target] = key;
        block[BlockSlots + target] = quantity;
        Count++;
    }

    /// <summary>A new level for a full side: it takes the place of the deepest, unless it is deeper itself.</summary>
    private void SetInFull(long key, long quantity)
    {
        Dropped++;
        var last = _blockCount - 1;
        var slot = BitOperations.Log2(_taken[last]);
        if (key < _blocks[_starts[last] + slot])
        {
            _taken[last] &= ~(1UL << slot);
            Count--;
            MergeSparse(last);
            Set(key, quantity);
        }
    }

    /// <summary>Joins a block to a neighbour when it is empty or both together are half a block at most.</summary>
    private void MergeSparse(int place)
    {
        var count = BitOperations.PopCount(_taken[place]);
        if (place + 1 < _blockCount && (count == 0 || count + BitOperations.PopCount(_taken[place + 1]) <= BlockSlots / 2))
        {
            Merge(place);
        }
        else if (place > 0 && (count == 0 || count + BitOperations.PopCount(_taken[place - 1]) <= BlockSlots / 2))
        {
            Merge(place - 1);
        }
    }

    /// <summary>Leaves the first <paramref name="kept"/> levels of a full block and puts the rest into a new one behind it.</summary>
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
        _taken[place + 1] = FirstSlots(BlockSlots - kept);
        _taken[place] = FirstSlots(kept);
        var left = _blocks.AsSpan(_starts[place], BlockLength);
        var right = _blocks.AsSpan(start, BlockLength);
        _bounds[place] = left[kept - 1];
        right[..BlockSlots].Fill(Unbounded);
        left[kept..BlockSlots].CopyTo(right);
        left[(BlockSlots + kept)..].CopyTo(right[BlockSlots..]);
        left[kept..BlockSlots].Fill(Unbounded);
    }

    /// <summary>Joins the block behind a place to it. Their levels must fit one block.</summary>
    private void Merge(int place)
    {
        var left = _blocks.AsSpan(_starts[place], BlockLength);
        var freed = _starts[place + 1];
        var count = Pack(left, _taken[place], left, 0);
        count = Pack(_blocks.AsSpan(freed, BlockLength), _taken[place + 1], left, count);
        left[count..BlockSlots].Fill(Unbounded);
        _taken[place] = FirstSlots(count);
        var behind = _blockCount - place - 2;
        Array.Copy(_bounds, place + 1, _bounds, place, behind + 1);
        Array.Copy(_starts, place + 2, _starts, place + 1, behind);
        Array.Copy(_taken, place + 2, _taken, place + 1, behind);
        _blockCount--;
        _starts[_blockCount] = freed;
    }

    /// <summary>Copies the levels of a block, without free slots, to the given slot on; returns the slot after them.</summary>
    private static int Pack(Span<long> block, ulong taken, Span<long> destination, int slot)
    {
        for (; taken != 0; taken &= taken - 1)
        {
            var from = BitOperations.TrailingZeroCount(taken);
            destination[slot] = block[from];
            destination[BlockSlots + slot] = block[BlockSlots + from];
            slot++;
        }

        return slot;
    }

    private static ulong FirstSlots(int count) => count == BlockSlots ? ulong.MaxValue : (1UL << count) - 1;

    private void Grow()
    {
        var length = _bounds.Length;
        Array.Resize(ref _bounds, 2 * length);
        Array.Resize(ref _starts, 2 * length);
        Array.Resize(ref _taken, 2 * length);
        Array.Resize(ref _blocks, 2 * length * BlockLength);
        _bounds.AsSpan(length).Fill(Unbounded);
        NumberStarts(length);
    }

    private void NumberStarts(int from)
    {
        for (var i = from; i < _starts.Length; i++)
        {
            _starts[i] = i * BlockLength;
        }
    }
}
