namespace BtcAgent.Research.Bars.Files;

/// <summary>A stream whose first bytes can be looked at before it is read.</summary>
internal sealed class StartedStream : ReadOnlyStream
{
    private const int StartBytes = 4_096;

    private readonly Stream _rest;
    private readonly byte[] _start = new byte[StartBytes];
    private readonly int _length;
    private int _taken;

    public StartedStream(Stream stream)
    {
        _rest = stream;
        _length = stream.ReadAtLeast(_start, _start.Length, throwOnEndOfStream: false);
    }

    public ReadOnlySpan<byte> Start => _start.AsSpan(0, _length);

    public override int Read(Span<byte> buffer)
    {
        if (_taken == _length)
        {
            return _rest.Read(buffer);
        }

        var read = Math.Min(buffer.Length, _length - _taken);
        _start.AsSpan(_taken, read).CopyTo(buffer);
        _taken += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        _rest.Dispose();
        base.Dispose(disposing);
    }
}
