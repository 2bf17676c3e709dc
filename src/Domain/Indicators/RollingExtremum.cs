using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Indicators;

/// <summary>Highest (or lowest) of the last n values by a monotonic queue: amortised O(1), no allocation after construction.</summary>
public sealed class RollingExtremum : IStateful
{
    private readonly int _length;
    private readonly double _sign;
    private readonly (long Index, double Value)[] _queue;
    private int _head;
    private int _size;
    private long _next;

    public RollingExtremum(int length, bool highest)
    {
        _length = length;
        _sign = highest ? 1 : -1;
        _queue = new (long, double)[length];
    }

    public bool IsWarm => _next >= _length;

    /// <summary>NaN before the first value.</summary>
    public double Value => _size == 0 ? double.NaN : _queue[_head].Value;

    public void Add(double value)
    {
        if (_size > 0 && _queue[_head].Index <= _next - _length)
        {
            _head = (_head + 1) % _length;
            _size--;
        }

        while (_size > 0 && (_queue[(_head + _size - 1) % _length].Value - value) * _sign <= 0)
        {
            _size--;
        }

        _queue[(_head + _size) % _length] = (_next, value);
        _size++;
        _next++;
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        writer.Write(_length);
        writer.Write(_sign);
        foreach (var (index, value) in _queue)
        {
            writer.Write(index);
            writer.Write(value);
        }

        writer.Write(_head);
        writer.Write(_size);
        writer.Write(_next);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(RollingExtremum), 1);
        reader.Require("window of an extremum", reader.ReadInt(), _length);
        reader.Require("side of an extremum", reader.ReadDouble(), _sign);
        foreach (ref var entry in _queue.AsSpan())
        {
            entry = (reader.ReadLong(), reader.ReadDouble());
        }

        _head = reader.ReadIndex("head of an extremum", _length);
        _size = reader.ReadCount("values of an extremum", _length);
        _next = reader.ReadLong();
    }
}
