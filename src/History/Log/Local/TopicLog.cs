using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using BtcAgent.Domain.Facts;

namespace BtcAgent.History.Log.Local;

/// <summary>The segments of one topic: one thread appends and deletes, any number reads through <see cref="TopicReader"/>.</summary>
internal sealed class TopicLog : IDisposable
{
    /// <summary>Most facts that a loss of power can take away: far more than are written between two flushes.</summary>
    public const long LostAtMost = 1_000_000;

    private const string BegunEnding = ".begun";

    private readonly string _folder;
    private readonly long _segmentBytes;
    private readonly ArrayBufferWriter<byte> _unwritten = new();
    private ImmutableArray<Segment> _segments = [];
    private volatile Segment? _damaged;
    private FileStream? _file;
    private long _begin;
    private int _unwrittenCount;
    private bool _isUnsynced;

    private TopicLog(FactTopic topic, string folder, long segmentBytes)
    {
        (Topic, _folder, _segmentBytes) = (topic, folder, segmentBytes);
        Reader = new TopicReader(this);
    }

    public FactTopic Topic { get; }

    public string Name => FactTopics.NameOf(Topic);

    public ImmutableArray<Segment> Segments => _segments;

    public TopicReader Reader { get; }

    public long First => _segments is [var first, ..] ? first.First : _begin;

    /// <summary>True when it had files, and none or not the newest was left at the start.</summary>
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
        Directory.CreateDirectory(FolderOf(topic, root));
        var log = OpenToRead(topic, root, segmentBytes);
        if (log.HasLostItsFiles)
        {
            log._begin = unused;
        }
        else if (log._segments is [.., var last])
        {
            log.NoteBegun(last.First);
        }

        return log;
    }

    /// <summary>Opens the topic's folder without any change in it; it must exist.</summary>
    public static TopicLog OpenToRead(FactTopic topic, string root, long segmentBytes)
    {
        var log = new TopicLog(topic, FolderOf(topic, root), segmentBytes);
        foreach (var segment in Segment.In(log._folder))
        {
            var file = new FileInfo(segment.Path);
            segment.Length = file.Length;
            segment.Newest = Timestamp.FromDateTimeOffset(file.LastWriteTimeUtc);
            segment.Next = segment.First + (file.Length / SegmentFormat.RecordLengthMin);
            log._segments = log._segments.Add(segment);
        }

        if (log._segments is [.., var last])
        {
            // The file may have been shortened: it had more facts than it seems, but not more than fit into one.
            log._begin = last.First + Math.Max(last.Next - last.First, segmentBytes / SegmentFormat.RecordLengthMin) + LostAtMost;
        }

        log.HasLostItsFiles = Begun(log._folder) is { } begun && (log._segments is not [.., var newest] || newest.First < begun);
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

    /// <summary>Begins another file with the next fact, if the given one is written now: what follows damage cannot be read.</summary>
    public void AppendToAnother(Segment damaged) => _damaged = damaged;

    /// <summary>True when the segment was not written by this process: where it ended is not known.</summary>
    public bool IsOfEarlierRun(Segment segment) => segment.First < _begin;

    public void Dispose()
    {
        Sync();
        _file?.Dispose();
    }

    private Segment Current()
    {
        if (_file is not null && IsOpenForMore(_segments[^1]))
        {
            return _segments[^1];
        }

        if (_file is null && _segments is [.., var own] && !IsOfEarlierRun(own) && IsOpenForMore(own))
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
        NoteBegun(segment.First);
        return segment;
    }

    private static string FolderOf(FactTopic topic, string root) => Path.Combine(root, FactTopics.NameOf(topic));

    private bool IsOpenForMore(Segment segment) => segment.Length < _segmentBytes && segment != _damaged;

    /// <summary>
    /// Notes the first offset of the newest file beside the folder, so that a start can distinguish deleted files from a topic without facts, and
    /// does not use their offsets again.
    /// </summary>
    private void NoteBegun(long first) => File.WriteAllText(_folder + BegunEnding, first.ToString(CultureInfo.InvariantCulture));

    /// <summary>Null without a mark; −1 for one that cannot be read, such as an earlier version's.</summary>
    private static long? Begun(string folder) => !File.Exists(folder + BegunEnding) ? null
        : long.TryParse(File.ReadAllText(folder + BegunEnding), NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first
        : -1;

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
