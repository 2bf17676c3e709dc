using SharpCompress.Compressors.Xz;

namespace BtcAgent.Research.Bars.Files;

/// <summary>Reads xz of one or several streams, as parallel packers and <c>cat</c> write it; the decoder alone ends after the first.</summary>
/// <param name="file">The file, at its start.</param>
internal sealed class ConcatenatedXz(FileStream file) : ReadOnlyStream
{
    private static readonly byte[] Magic = [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    private XZStream _stream = new(file);

    /// <exception cref="InvalidDataException">Something else follows a stream.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        int read;
        while ((read = _stream.Read(buffer)) == 0)
        {
            if (!StartsAnother())
            {
                return 0;
            }

            _stream = new XZStream(file);
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        _stream.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>Skips the zero padding after a stream; returns false at the end of the file.</summary>
    private bool StartsAnother()
    {
        int next;
        do
        {
            next = file.ReadByte();
        }
        while (next == 0);
        if (next < 0)
        {
            return false;
        }

        file.Position--;
        var start = new byte[Magic.Length];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position -= length;
        return start.AsSpan(0, length).SequenceEqual(Magic)
            ? true
            : throw new InvalidDataException("bytes that are not xz follow its end");
    }
}
