namespace BtcAgent.Research.Bars.Files;

/// <summary>A text whose lines end in CR alone, with LF in their place.</summary>
internal sealed class LineFeeds(Stream text) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer)
    {
        var read = text.Read(buffer);
        buffer[..read].Replace((byte)'\r', (byte)'\n');
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        text.Dispose();
        base.Dispose(disposing);
    }
}
