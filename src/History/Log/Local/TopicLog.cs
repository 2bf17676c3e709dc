using System.Buffers;
using System.Collections.Immutable;
using BtcAgent.Domain.Facts;

namespace BtcAgent.History.Log.Local;

/// <summary>The segments of one topic: one thread appends and deletes, any number reads.</summary>
internal sealed class TopicLog : IDisposable
{
    private const int PlacesMax = 32;

    /// <summary>Most facts that a loss of power can take away: far more than are written between two flushes.</summary>
    private const long LostAtMost = 1_000_000;

    private const int BytesReadMax = 4 * 1024 * 1024;

    private const string BegunEnding = ".begun";

    private readonly string _folder;
    private readonly long _segmentBytes;
    private readonly ArrayBufferWriter<byte> _unwritten = new();
    private readonly Lock _placesLock = new();
    private readonly Queue<(long Offset, Segment Segment, long Position)> _places = new();
    private ImmutableArray<Segment> _segments = [];
    private FileStream? _file;
    private long _begin;
    private int _unwrittenCount;
    private bool _isUnsynced;

    private TopicLog(FactTopic topic, string folder, long segmentBytes) => (Topic, _folder, _segmentBytes) = (topic, folder, segmentBytes);

    public FactTopic Topic { get; }

    public ImmutableArray<Segment> Segments => _segments;

    public long First => _segments is [var first, ..] ? first.First : _begin;

    /// <summary>True when it had files, and none was left at the start.</summary>
    public bool HasLostItsFiles { get; private set; }

    public long Next => Math.Max(_begin, _segments is [.., var last] ? last.Next : 0);

    public long Bytes => _segments.Sum(segment => segment.Length);

    /// <summary>
    /// Opens or creates the topic's folder. A run never appends to the segments of an earlier one: its own begin at offsets that
    /// no earlier run can have used, because a loss of power may have taken facts away that sinks have stored already.
    /// </summary>
    /// <param name="topic">The topic.</param>
    /// <param name="root">Folder of the log.</param>
    /// <param name="segmentBytes">Length of a file.</param>
    /// <param name="unused">An offset above all that were used, for a topic whose files were deleted.</param>
    public static TopicLog Open(FactTopic topic, string root, long segmentBytes, long unused)
    {
        var folder = Path.Combine(root, FactTopics.NameOf(topic));
        Directory.CreateDirectory(folder);
        var log = new TopicLog(topic, folder, segmentBytes);
        foreach (var segment in Segment.In(folder))
        {
            var file = new FileInfo(segment.Path);
            segment.Length = file.Length;
            segment.Newest = Timestamp.FromDateTimeOffset(file.LastWriteTimeUtc);
            segment.Next = segment.First + (file.Length / SegmentFormat.RecordLengthMin);
            log._segments = log._segments.Add(segment);
        }

        log.HasLostItsFiles = log._segments.IsEmpty && File.Exists(folder + BegunEnding);
        log._begin = log._segments is [.., var last] ? last.Next + LostAtMost : log.HasLostItsFiles ? unused : 0;
        if (!log._segments.IsEmpty)
        {
            log.NoteBegun();
        }

        return log;
    }

    /// <summary>Collects a record for the next <see cref="Write"/>.</summary>
    public void Append(Timestamp time, string key, ReadOnlySpan<byte> payload)
    {
        SegmentFormat.Append(_unwritten, time, key, payload);
        _unwrittenCount++;
    }

    /// <summary>Writes what was collected; on an error nothing of it is in the log, and the next call tries again.</summary>
    public void Write(Timestamp now)
    {
        if (_unwrittenCount == 0)
        {
            return;
        }

        var segment = Current();
        var file = _file!;
        try
        {
            file.Position = segment.Length;
            file.Write(_unwritten.WrittenSpan);
            file.Flush();
        }
        catch (IOException)
        {
            Forget();
            throw;
        }

        segment.Newest = now;
        segment.Length += _unwritten.WrittenCount;
        segment.Next += _unwrittenCount;
        _unwritten.ResetWrittenCount();
        (_unwrittenCount, _isUnsynced) = (0, true);
    }

    /// <summary>Flushes to disk what was written.</summary>
    public void Sync()
    {
        if (_isUnsynced)
        {
            _file?.Flush(flushToDisk: true);
            _isUnsynced = false;
        }
    }

    /// <summary>Deletes the oldest segment; the newest remains.</summary>
    public void DeleteOldest()
    {
        var oldest = _segments[0];
        _segments = _segments.RemoveAt(0);
        File.Delete(oldest.Path);
    }

    /// <summary>Reads from an offset, of one segment at a time.</summary>
    /// <param name="offset">First offset wanted.</param>
    /// <param name="entriesMax">Most entries to read.</param>
    /// <param name="onDamage">Receives the damage that a segment has within, with the offsets lost.</param>
    public IReadOnlyList<LogEntry> Read(long offset, int entriesMax, Action<string> onDamage)
    {
        var segments = _segments;
        foreach (var segment in segments)
        {
            if (segment.Next <= offset)
            {
                continue;
            }

            try
            {
                if (ReadFrom(segment, Math.Max(offset, segment.First), entriesMax, onDamage) is { Count: > 0 } entries)
                {
                    return entries;
                }
            }
            catch (FileNotFoundException) when (segment.First < First)
            {
                continue; // Deleted by the retention since.
            }
        }

        return [];
    }

    public void Dispose()
    {
        Sync();
        _file?.Dispose();
    }

    private List<LogEntry> ReadFrom(Segment segment, long offset, int entriesMax, Action<string> onDamage)
    {
        var next = segment.Next;
        var length = segment.Length;
        var entries = new List<LogEntry>();
        using var reader = new SegmentReader(segment.Path, segment.First);
        if (PlaceOf(offset, segment) is { } position)
        {
            reader.Seek(offset, position);
        }

        for (var bytes = 0L; entries.Count < entriesMax && bytes < BytesReadMax && reader.Offset < next;)
        {
            var start = reader.Position;
            if (reader.Read(length) is not { } entry)
            {
                if (reader.Damage is { } damage)
                {
                    onDamage($"{damage}: what follows in this file cannot be read");
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

    private Segment Current()
    {
        if (_file is not null && _segments[^1].Length < _segmentBytes)
        {
            return _segments[^1];
        }

        if (_file is null && _segments is [.., var own] && own.First >= _begin && own.Length < _segmentBytes)
        {
            // After a failed write: what it has left behind is overwritten.
            _file = new FileStream(own.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0);
            _file.SetLength(own.Length);
            return own;
        }

        Sync();
        _file?.Dispose();
        _file = null;
        var segment = new Segment(Segment.PathOf(_folder, Next), Next) { Length = SegmentFormat.HeaderLength, Next = Next };
        var file = new FileStream(segment.Path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 0);
        try
        {
            WriteHeader(file, segment.First);
        }
        catch (IOException)
        {
            file.Dispose();
            File.Delete(segment.Path);
            throw;
        }

        _file = file;
        _segments = _segments.Add(segment);
        NoteBegun();
        return segment;
    }

    /// <summary>Leaves a mark beside the folder, so that a start can distinguish deleted files from a topic without facts.</summary>
    private void NoteBegun()
    {
        if (!File.Exists(_folder + BegunEnding))
        {
            File.WriteAllBytes(_folder + BegunEnding, []);
        }
    }

    private void Forget()
    {
        _file?.Dispose();
        _file = null;
    }

    private static void WriteHeader(FileStream file, long first)
    {
        Span<byte> header = stackalloc byte[SegmentFormat.HeaderLength];
        SegmentFormat.WriteHeader(header, first);
        file.Position = 0;
        file.Write(header);
        file.Flush();
    }
}
