using System.Runtime.CompilerServices;

namespace BtcAgent.Domain.Books;

/// <summary>
/// One side of a book as two parallel arrays sorted by how good the price is, the best last. A key is the price for
/// bids and the negated price for asks, so that both sides run the same code. There is room on both ends, and an
/// insertion or removal moves the shorter part: the top and the far end, where updates fall, are both cheap.
/// </summary>
internal sealed class BookSide
{
    private const int InitialCapacity = 8_192;

    private readonly int _maxLevels;
    private long[] _keys = new long[InitialCapacity];
    private long[] _quantities = new long[InitialCapacity];
    private int _first = InitialCapacity / 2;
    private int _end = InitialCapacity / 2;

    public BookSide(int maxLevels) => _maxLevels = maxLevels;

    public int Count => _end - _first;

    /// <summary>Levels given up because the side was full; the deepest goes first.</summary>
    public long Dropped { get; private set; }

    /// <summary>Key of the best level; 0 when the side is empty.</summary>
    public long BestKey => _end > _first ? _keys[_end - 1] : 0;

    public long BestQuantity => _end > _first ? _quantities[_end - 1] : 0;

    public void Clear()
    {
        _first = _keys.Length / 2;
        _end = _first;
    }

    public (long Key, long Quantity) At(int depth) => (_keys[_end - 1 - depth], _quantities[_end - 1 - depth]);

    public long QuantityAt(long key)
    {
        var index = IndexOf(key);
        return index < _end && _keys[index] == key ? _quantities[index] : 0;
    }

    public void Set(long key, long quantity)
    {
        var index = IndexOf(key);
        if (index < _end && _keys[index] == key)
        {
            if (quantity != 0)
            {
                _quantities[index] = quantity;
            }
            else
            {
                RemoveAt(index);
            }
        }
        else if (quantity != 0)
        {
            Insert(index, key, quantity);
        }
    }

    /// <summary>First place whose key is not below <paramref name="key"/>: doubling steps from the best, then halving.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int IndexOf(long key)
    {
        var keys = _keys;
        var high = _end;
        var step = 1;
        var low = high - step;
        while (low >= _first && keys[low] >= key)
        {
            high = low;
            step <<= 1;
            low = high - step;
        }

        low = Math.Max(low + 1, _first);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (keys[middle] < key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private void RemoveAt(int index)
    {
        var better = _end - index - 1;
        var worse = index - _first;
        if (better <= worse)
        {
            Array.Copy(_keys, index + 1, _keys, index, better);
            Array.Copy(_quantities, index + 1, _quantities, index, better);
            _end--;
        }
        else
        {
            Array.Copy(_keys, _first, _keys, _first + 1, worse);
            Array.Copy(_quantities, _first, _quantities, _first + 1, worse);
            _first++;
        }
    }

    private void Insert(int index, long key, long quantity)
    {
        if (Count == _maxLevels)
        {
            Dropped++;
            if (index == _first)
            {
                return;
            }

            _first++;
        }

        var better = _end - index;
        var worse = index - _first;
        if (better <= worse)
        {
            if (_end == _keys.Length)
            {
                index += MakeRoom();
            }

            Array.Copy(_keys, index, _keys, index + 1, better);
            Array.Copy(_quantities, index, _quantities, index + 1, better);
            _end++;
        }
        else
        {
            if (_first == 0)
            {
                index += MakeRoom();
            }

            Array.Copy(_keys, _first, _keys, _first - 1, worse);
            Array.Copy(_quantities, _first, _quantities, _first - 1, worse);
            _first--;
            index--;
        }

        _keys[index] = key;
        _quantities[index] = quantity;
    }

    /// <summary>Centres the levels, in arrays twice as long when they are more than half full; returns the shift.</summary>
    private int MakeRoom()
    {
        var count = Count;
        var capacity = count > _keys.Length / 2 ? _keys.Length * 2 : _keys.Length;
        var first = (capacity - count) / 2;
        var keys = capacity == _keys.Length ? _keys : new long[capacity];
        var quantities = capacity == _keys.Length ? _quantities : new long[capacity];
        Array.Copy(_keys, _first, keys, first, count);
        Array.Copy(_quantities, _first, quantities, first, count);
        var shift = first - _first;
        _keys = keys;
        _quantities = quantities;
        _first = first;
        _end = first + count;
        return shift;
    }
}
