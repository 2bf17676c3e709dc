namespace BtcAgent.Social.X.Api;

/// <summary>
/// Reads the lines of a stream into one buffer of fixed size. A longer line is skipped to its end and reported once. A stream without a byte for the
/// silence throws a <see cref="TimeoutException"/>; the time between two reads does not count.
/// </summary>
internal sealed class LineReader : IDisposable
{
    private readonly Stream _stream;
    private readonly byte[] _buffer;
    private readonly TimeSpan _silence;
    private readonly CancellationTokenSource _dead;
    private readonly CancellationTokenSource _ended;
    private int _start;
    private int _end;
    private bool _isSkipping;

    public LineReader(Stream stream, int lineBytesMax, TimeSpan silence, TimeProvider time, CancellationToken cancellationToken)
    {
        _stream = stream;
        _buffer = new byte[lineBytesMax];
        _silence = silence;
        _dead = new CancellationTokenSource(silence, time);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(_dead.Token, cancellationToken);
    }

    /// <summary>The last line without its end; valid until the next read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <exception cref="TimeoutException">The stream is silent.</exception>
    public async ValueTask<LineOutcome> ReadAsync()
    {
        var searched = _start;
        while (true)
        {
            var index = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (index >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + index - _start);
                _start = searched + index + 1;
                if (_isSkipping)
                {
                    _isSkipping = false;
                    return LineOutcome.TooLong;
                }

                Line = line.Span is [.., (byte)'\r'] ? line[..^1] : line;
                return LineOutcome.Line;
            }

            Compact();
            searched = _end;
            var read = await ReceiveAsync();
            if (read == 0)
            {
                return LineOutcome.End; // A line without an end is not complete.
            }

            _end += read;
        }
    }

    public void Dispose()
    {
        _ended.Dispose();
        _dead.Dispose();
    }

    private void Compact()
    {
        if (_isSkipping || _end - _start == _buffer.Length)
        {
            (_isSkipping, _start, _end) = (true, 0, 0);
        }
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
    }

    private async ValueTask<int> ReceiveAsync()
    {
        try
        {
            _dead.CancelAfter(_silence);
            var read = await _stream.ReadAsync(_buffer.AsMemory(_end), _ended.Token);
            _dead.CancelAfter(Timeout.InfiniteTimeSpan);
            return read;
        }
        catch (OperationCanceledException problem) when (_dead.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing received for {_silence.TotalSeconds} s", problem);
        }
    }
}
