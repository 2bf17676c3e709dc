using System.IO.Compression;
using System.IO.Hashing;

namespace BtcAgent.Research.Bars.Files;

/// <summary>Reads an entry of a zip and compares length and CRC with its directory, which <see cref="ZipArchive"/> does not.</summary>
internal sealed class CheckedEntry(ZipArchiveEntry entry) : ReadOnlyStream
{
    private readonly Stream _content = entry.Open();
    private readonly Crc32 _crc = new();
    private long _length;

    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = _content.Read(buffer);
        _crc.Append(buffer[..read]);
        _length += read;
        if (read == 0 && !buffer.IsEmpty && (_length != entry.Length || _crc.GetCurrentHashAsUInt32() != entry.Crc32))
        {
            throw new InvalidDataException(
                $"the zip's directory gives {entry.FullName} {entry.Length} bytes and another CRC than its {_length} bytes have; download it again");
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        _content.Dispose();
        base.Dispose(disposing);
    }
}
