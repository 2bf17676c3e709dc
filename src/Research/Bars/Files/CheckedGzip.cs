using System.IO.Compression;

namespace BtcAgent.Research.Bars.Files;

/// <summary>
/// Reads gzip, of one or several members, and refuses a file that was cut off. <see cref="GZipStream"/> checks the CRC and
/// the length in a member's trailer when it reaches them, but takes the end of the file for the end of the data.
/// </summary>
/// <remarks>
/// A known last member follows the file's bytes. It comes out exactly when all members before it are whole: bytes missing
/// anywhere make the decoder take the start of the known member for them.
/// </remarks>
internal sealed class CheckedGzip : ReadOnlyStream
{
    private static readonly byte[] Marker = "end of the file\n"u8.ToArray();
    private static readonly byte[] MarkerMember = Pack(Marker);

    private readonly Followed _file;
    private readonly GZipStream _gzip;
    private int _markerSeen;

    public CheckedGzip(Stream file)
    {
        _file = new Followed(file, MarkerMember);
        _gzip = new GZipStream(_file, CompressionMode.Decompress);
    }

    /// <exception cref="InvalidDataException">The file is damaged or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || _markerSeen == Marker.Length)
        {
            return 0;
        }

        var read = Decode(buffer);
        if (!_file.IsPast)
        {
            return read > 0 ? read : throw new InvalidDataException("bytes that are not gzip follow its end");
        }

        // The decoder asks for more input only after it has returned all output of the input before.
        while (read > 0)
        {
            if (_markerSeen + read > Marker.Length || !buffer[..read].SequenceEqual(Marker.AsSpan(_markerSeen, read)))
            {
                throw CutOff();
            }

            _markerSeen += read;
            read = Decode(buffer);
        }

        return _markerSeen == Marker.Length ? 0 : throw CutOff();
    }

    protected override void Dispose(bool disposing)
    {
        _gzip.Dispose();
        base.Dispose(disposing);
    }

    private int Decode(Span<byte> buffer)
    {
        try
        {
            return _gzip.Read(buffer);
        }
        catch (InvalidDataException) when (_file.IsPast)
        {
            throw CutOff();
        }
    }

    private static InvalidDataException CutOff() => new(
        "it is cut off: the CRC and length at the end of the gzip data are missing or differ; download it again");

    private static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }

    /// <summary>A file, then further bytes, never both in one read.</summary>
    private sealed class Followed(Stream file, byte[] further) : ReadOnlyStream
    {
        private int _taken;

        /// <summary>True once the further bytes were read.</summary>
        public bool IsPast => _taken > 0;

        public override int Read(Span<byte> buffer)
        {
            var read = IsPast ? 0 : file.Read(buffer);
            if (read == 0)
            {
                read = Math.Min(buffer.Length, further.Length - _taken);
                further.AsSpan(_taken, read).CopyTo(buffer);
                _taken += read;
            }

            return read;
        }

        protected override void Dispose(bool disposing)
        {
            file.Dispose();
            base.Dispose(disposing);
        }
    }
}
