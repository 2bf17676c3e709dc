namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>
/// Reads tapes: gzip, one line per frame, <c>&lt;receive time, ns since epoch&gt; &lt;venue frame as received&gt;</c>.
/// Several files are read in the order given.
/// </summary>
/// <remarks>
/// Reports and skips a bad line. Reads a truncated or corrupt file up to the damage, reports it, and continues with the
/// next file. Reports a receive time that decreases and raises it to the previous one, so that a tape's time never runs
/// backwards.
/// </remarks>
public sealed class TapeReader : IDisposable
{
    /// <summary>Longest line that is read; a snapshot of 5,000 levels a side has 0.4 MB.</summary>
    public const int LineBytesMax = 8 * 1024 * 1024;

    private const int StartBufferSize = 256 * 1024;

    private readonly IReadOnlyList<string> _paths;
    private readonly Action<string> _report;
    private byte[] _buffer = new byte[StartBufferSize];
    private int _start;
    private int _end;
    private int _file = -1;
    private long _line;
    private long _fileBytes;
    private Stream? _stream;
    private Timestamp _last;
    private bool _skippingLongLine;
    private bool _ended;
    private bool _broken;

    /// <param name="paths">At least one tape, in order of time.</param>
    /// <param name="report">Receives each problem as one line that names file, line and remedy.</param>
    /// <exception cref="MarketFeedException">A file is absent or not a tape, or starts before the one ahead of it.</exception>
    public TapeReader(IReadOnlyList<string> paths, Action<string> report)
    {
        if (paths.Count == 0)
        {
            throw new MarketFeedException("no tape was given: name at least one tape file");
        }

        _paths = paths;
        _report = report;
        TapeStart.RequireOrder(paths);
    }

    /// <summary>Skipped lines: not <c>&lt;nanoseconds&gt; &lt;frame&gt;</c>, or too long.</summary>
    public long BadLines { get; private set; }

    /// <summary>Lines whose receive time is before that of the previous line.</summary>
    public long TimesGoneBack { get; private set; }

    /// <summary>Files that ended before their gzip trailer, or are corrupt.</summary>
    public long BrokenFiles { get; private set; }

    /// <summary>Line of the last frame in its file, from 1.</summary>
    public long Line => _line;

    /// <summary>Origin of the last frame, such as <c>a.gz line 12</c>.</summary>
    public string Position => $"{_paths[Math.Max(_file, 0)]} line {_line}";

    /// <summary>True for a gzip file whose first line is a receive time and a frame.</summary>
    public static bool IsTape(string path) => TapeStart.IsTape(path);

    /// <summary>Returns false at the end of the last file. The frame is valid until the next call.</summary>
    public bool TryRead(out Timestamp receiveTime, out ReadOnlySpan<byte> frame)
    {
        while (true)
        {
            if (_stream is null && !OpenNext())
            {
                receiveTime = default;
                frame = default;
                return false;
            }

            if (!TryReadLine(out var line))
            {
                CloseFile();
                continue;
            }

            if (line.IsEmpty)
            {
                continue;
            }

            if (TapeLine.TrySplit(line, out receiveTime, out frame))
            {
                receiveTime = KeepForward(receiveTime);
                return true;
            }

            BadLines++;
            if (TapeLine.OtherUnit(line) is { } other)
            {
                _report($"tape {Position}: the receive time is in {other.Unit}, a tape has nanoseconds: multiply it by {other.Factor}; the line is skipped");
                continue;
            }

            _report($"tape {Position}: {TapeLine.Expectation}, found '{Frames.FrameExcerpt.Of(line)}'; "
                + "the line is skipped; correct or delete it");
        }
    }

    public void Dispose()
    {
        CloseFile();
        _file = _paths.Count - 1;
    }

    private Timestamp KeepForward(Timestamp time)
    {
        if (time < _last)
        {
            TimesGoneBack++;
            _report($"tape {Position}: receive time {time.UnixNanoseconds} ns is before the {_last.UnixNanoseconds} ns of "
                + "the previous line and is raised to it; sort the tape by time if that matters");
            return _last;
        }

        return _last = time;
    }

    private bool OpenNext()
    {
        if (_file == _paths.Count - 1)
        {
            return false;
        }

        _stream = TapeStart.Open(_paths[++_file]);
        _start = _end = 0;
        _line = 0;
        _fileBytes = 0;
        _ended = _broken = false;
        _skippingLongLine = false;
        return true;
    }

    private void CloseFile()
    {
        _stream?.Dispose();
        _stream = null;
    }

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        var searched = 0;
        while (true)
        {
            var pending = _buffer.AsSpan(_start, _end - _start);
            var newline = pending[searched..].IndexOf((byte)'\n');
            if (newline >= 0)
            {
                line = pending[..(searched + newline)];
                _start += line.Length + 1;
                _line++;
                if (_skippingLongLine)
                {
                    _skippingLongLine = false;
                    searched = 0;
                    continue;
                }

                return true;
            }

            searched = pending.Length;
            if (!Fill(ref searched))
            {
                line = _buffer.AsSpan(_start, _end - _start);
                _start = _end;
                _line += line.IsEmpty ? 0 : 1;
                return !line.IsEmpty && !_skippingLongLine && !_broken;
            }
        }
    }

    /// <summary>Reads more data after the pending bytes; returns false at the end of the file.</summary>
    private bool Fill(ref int pending)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, pending).CopyTo(_buffer);
            _start = 0;
            _end = pending;
        }

        if (_end == _buffer.Length && !MakeRoom(ref pending))
        {
            return Fill(ref pending);
        }

        try
        {
            var read = _stream!.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _fileBytes += read;
            if (read == 0 && !_ended)
            {
                _ended = true;
                CheckTrailer();
            }

            return read > 0;
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            if (!_ended)
            {
                _ended = true;
                ReportBroken("is corrupt", problem.Message);
            }

            return false;
        }
    }

    /// <summary>GZipStream accepts a truncated file as complete, so the end is checked here.</summary>
    private void CheckTrailer()
    {
        if (!GzipTrailer.Matches(_paths[_file], _fileBytes))
        {
            ReportBroken("is cut off", "the gzip trailer is missing.");
        }
    }

    private void ReportBroken(string how, string problem)
    {
        BrokenFiles++;
        _broken = true; // its last line is incomplete
        _report($"tape {_paths[_file]} {how} after line {_line} ({_fileBytes} bytes unpacked): {problem} "
            + "The lines before it are used; for the rest record the tape again or restore it from a backup");
    }

    /// <summary>Returns false when the line exceeds the limit and its buffered part has been dropped.</summary>
    private bool MakeRoom(ref int pending)
    {
        if (_buffer.Length < LineBytesMax)
        {
            Array.Resize(ref _buffer, Math.Min(LineBytesMax, _buffer.Length * 2));
            return true;
        }

        if (!_skippingLongLine)
        {
            BadLines++;
            _report($"tape {_paths[_file]} line {_line + 1}: longer than {LineBytesMax} bytes, skipped; "
                + "one frame per line is expected");
        }

        _skippingLongLine = true;
        _start = _end = pending = 0;
        return false;
    }
}
