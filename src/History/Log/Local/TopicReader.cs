using System.Collections.Immutable;

namespace BtcAgent.History.Log.Local;

/// <summary>
/// Reads the segments of one topic, any number of callers at once, and finds the facts in them that are lost: a damaged record, a file
/// that was shortened or deleted.
/// </summary>
/// <param name="log">The topic's segments.</param>
internal sealed class TopicReader(TopicLog log)
{
    private const int PlacesMax = 32;

    private const int BytesReadMax = 4 * 1024 * 1024;

    private readonly LostFacts _lost = new();
    private readonly Lock _placesLock = new();
    private readonly Queue<(long Offset, Segment Segment, long Position)> _places = new();

    /// <summary>Reads from an offset, of one segment at a time.</summary>
    /// <param name="offset">First offset wanted.</param>
    /// <param name="entriesMax">Most entries to read.</param>
    /// <param name="onDamage">Receives each damage once, with the offsets lost.</param>
    public IReadOnlyList<LogEntry> Read(long offset, int entriesMax, Action<string> onDamage)
    {
        var segments = log.Segments;
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = segments[i];
            if (EndOf(segments, i) <= offset)
            {
                continue;
            }

            try
            {
                if (ReadFrom(segment, i + 1 < segments.Length ? segments[i + 1].First : null, Math.Max(offset, segment.First), entriesMax, onDamage) is { Count: > 0 } entries)
                {
                    return entries;
                }
            }
            catch (FileNotFoundException)
            {
                if (segment.First >= log.First)
                {
                    LoseRest(segment, segment.First, $"'{segment.Path}' was deleted", onDamage);
                }
            }
        }

        return [];
    }

    /// <summary>The lost facts between two offsets, as far as they were read.</summary>
    public IReadOnlyList<OffsetRange> LostBetween(long from, long to)
    {
        _lost.Trim(log.First);
        return _lost.Between(from, to, EndOf);
    }

    private List<LogEntry> ReadFrom(Segment segment, long? following, long offset, int entriesMax, Action<string> onDamage)
    {
        var next = segment.Next;
        var length = segment.Length;
        var entries = new List<LogEntry>();
        using var reader = new SegmentReader(segment.Path, segment.First);
        if (PlaceOf(offset, segment) is { } position)
        {
            reader.Seek(offset, position);
        }

        for (var bytes = 0L; entries.Count < entriesMax && bytes < BytesReadMax;)
        {
            var start = reader.Position;
            var read = reader.Offset < next || log.IsOfEarlierRun(segment) ? reader.Read(length) : null;
            if (read is not { } entry)
            {
                if (IsSkipped(reader, length, onDamage))
                {
                    continue;
                }

                if ((reader.Damage ?? Cut(segment, reader.Offset, following)) is { } damage)
                {
                    LoseRest(segment, reader.Offset, damage, onDamage);
                }

                break;
            }

            if (entry.Offset >= offset)
            {
                entries.Add(entry);
                bytes += reader.Position - start;
            }
        }

        Remember(reader.Offset, segment, reader.Position);
        return entries;
    }

    /// <summary>Loses one fact instead of all that follow it, where the file allows it.</summary>
    private bool IsSkipped(SegmentReader reader, long length, Action<string> onDamage)
    {
        if (reader.Damage is not { } damage || !_lost.HasRoomFor(reader.Offset) || !reader.TrySkip(length))
        {
            return false;
        }

        var lost = reader.Offset - 1;
        if (_lost.AddOne(lost))
        {
            onDamage($"{damage}: the fact at offset {lost} of {log.Name} is lost to sinks that have not stored it");
        }

        return true;
    }

    /// <summary>
    /// Returns the damage of a file of an earlier run that ends between two records too early. The last file of a run may end anywhere: the
    /// next run begins far beyond it.
    /// </summary>
    private string? Cut(Segment segment, long end, long? following) =>
        log.IsOfEarlierRun(segment) && following is { } first && end < first && first - end < TopicLog.LostAtMost ? $"'{segment.Path}' was shortened" : null;

    private void LoseRest(Segment segment, long offset, string damage, Action<string> onDamage)
    {
        if (_lost.AddRest(segment, offset))
        {
            log.AppendToAnother(segment);
            onDamage($"{damage}: the facts from offset {offset} to {EndOf(segment) - 1} of {log.Name} are lost to sinks that have not stored them");
        }
    }

    /// <summary>The offset of the segment after one; of the next fact after the last one.</summary>
    private long EndOf(Segment segment)
    {
        var segments = log.Segments;
        var i = segments.IndexOf(segment);
        return i < 0 ? log.First : EndOf(segments, i);
    }

    private long EndOf(ImmutableArray<Segment> segments, int i) => i + 1 < segments.Length ? segments[i + 1].First : log.Next;

    private long? PlaceOf(long offset, Segment segment)
    {
        lock (_placesLock)
        {
            foreach (var place in _places)
            {
                if (place.Offset == offset && place.Segment == segment)
                {
                    return place.Position;
                }
            }

            return null;
        }
    }

    private void Remember(long offset, Segment segment, long position)
    {
        lock (_placesLock)
        {
            if (_places.Contains((offset, segment, position)))
            {
                return;
            }

            _places.Enqueue((offset, segment, position));
            if (_places.Count > PlacesMax)
            {
                _places.Dequeue();
            }
        }
    }
}
