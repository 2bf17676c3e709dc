using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Books;

/// <summary>Deltas that wait for a snapshot, in order of arrival, with copies of their levels.</summary>
internal sealed class DeltaBuffer : IStateful
{
    /// <summary>About 100 s of a 100 ms stream; beyond it the older half is dropped.</summary>
    public const int MaxDeltas = 1_000;

    /// <summary>Most levels of all deltas together; beyond it the older half of the deltas is dropped.</summary>
    public const int MaxLevels = 200_000;

    private readonly List<Entry> _entries = [];
    private PriceLevel[] _levels = [];
    private int _levelCount;

    public int Count => _entries.Count;

    public long Dropped { get; private set; }

    public void Clear()
    {
        _entries.Clear();
        _levelCount = 0;
    }

    public void Add(in MarketEvent delta, ReadOnlySpan<PriceLevel> levels)
    {
        while (_entries.Count == MaxDeltas || (_entries.Count > 0 && _levelCount + levels.Length > MaxLevels))
        {
            var older = (_entries.Count + 1) / 2;
            Dropped += older;
            RemoveFirst(older);
        }

        if (_levelCount + levels.Length > _levels.Length)
        {
            Array.Resize(ref _levels, Math.Max(_levelCount + levels.Length, _levels.Length * 2));
        }

        levels.CopyTo(_levels.AsSpan(_levelCount));
        _entries.Add(new Entry(delta.FirstId, delta.LastId, _levelCount, delta.BidCount, delta.AskCount));
        _levelCount += levels.Length;
    }

    public void RemoveFirst(int count)
    {
        if (count >= _entries.Count)
        {
            Clear();
            return;
        }

        var start = _entries[count].Start;
        _levels.AsSpan(start, _levelCount - start).CopyTo(_levels);
        _levelCount -= start;
        _entries.RemoveRange(0, count);
        foreach (ref var entry in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entries))
        {
            entry = entry with { Start = entry.Start - start };
        }
    }

    public long FirstId(int index) => _entries[index].FirstId;

    public long LastId(int index) => _entries[index].LastId;

    public ReadOnlySpan<PriceLevel> Bids(int index) => _levels.AsSpan(_entries[index].Start, _entries[index].BidCount);

    public ReadOnlySpan<PriceLevel> Asks(int index) =>
        _levels.AsSpan(_entries[index].Start + _entries[index].BidCount, _entries[index].AskCount);

    private readonly record struct Entry(long FirstId, long LastId, int Start, int BidCount, int AskCount);

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        writer.Write(_entries.Count);
        foreach (var entry in _entries)
        {
            writer.Write(entry.FirstId);
            writer.Write(entry.LastId);
            writer.Write(entry.BidCount);
            writer.Write(entry.AskCount);
            foreach (ref readonly var level in _levels.AsSpan(entry.Start, entry.BidCount + entry.AskCount))
            {
                level.Save(writer);
            }
        }

        writer.Write(Dropped);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(DeltaBuffer), 1);
        Clear();
        for (var waiting = reader.ReadCount("deltas that wait", MaxDeltas); waiting > 0; waiting--)
        {
            var delta = new MarketEvent
            {
                Kind = MarketEventKind.BookDelta,
                FirstId = reader.ReadLong(),
                LastId = reader.ReadLong(),
                BidCount = reader.ReadCount("bids of a delta", MaxLevels),
                AskCount = reader.ReadCount("asks of a delta", MaxLevels),
            };
            var levels = new PriceLevel[delta.LevelCount];
            foreach (ref var level in levels.AsSpan())
            {
                level = PriceLevel.Load(reader);
            }

            Add(in delta, levels);
        }

        Dropped = reader.ReadLong();
    }
}
