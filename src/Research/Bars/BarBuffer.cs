using BtcAgent.Domain.Bars;

namespace BtcAgent.Research.Bars;

/// <summary>
/// Collects bars in blocks while a file is read: they are copied once at the end, not each time a list outgrows its array.
/// </summary>
internal sealed class BarBuffer
{
    /// <summary>Bars per block, about 6 MB.</summary>
    public const int BlockBars = 1 << 16;

    private readonly List<Bar[]> _blocks = [];
    private Bar[] _block = [];
    private int _used;

    public int Count { get; private set; }

    /// <summary>Open time of the last bar; the epoch when there is none.</summary>
    public Timestamp LastOpenTime { get; private set; }

    /// <summary>File and line of each bar.</summary>
    public BarOrigins Origins { get; } = new();

    /// <summary>The first bars, <see cref="BlockBars"/> at most.</summary>
    public ReadOnlySpan<Bar> First => _blocks.Count == 0 ? [] : _blocks[0].AsSpan(0, Math.Min(Count, BlockBars));

    public void Add(in Bar bar)
    {
        if (_used == _block.Length)
        {
            _block = GC.AllocateUninitializedArray<Bar>(BlockBars);
            _blocks.Add(_block);
            _used = 0;
        }

        _block[_used++] = bar;
        LastOpenTime = bar.OpenTime;
        Count++;
    }

    /// <summary>All bars in one array, each with the interval.</summary>
    public Bar[] ToArray(TimeSpan interval)
    {
        var bars = GC.AllocateUninitializedArray<Bar>(Count);
        var copied = 0;
        foreach (var block in _blocks)
        {
            var used = Math.Min(BlockBars, Count - copied);
            for (var i = 0; i < used; i++)
            {
                bars[copied + i] = block[i] with { Interval = interval };
            }

            copied += used;
        }

        return bars;
    }
}
