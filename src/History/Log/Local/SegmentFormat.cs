using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace BtcAgent.History.Log.Local;

/// <summary>
/// The bytes of a segment file. A header: mark, offset of the first record. Then records: length of the body (4), CRC-32 of the
/// body (4), body: time in ns (8), length of the key (2), key in UTF-8, payload. Numbers are little-endian.
/// </summary>
internal static class SegmentFormat
{
    public const int HeaderLength = 16;
    public const int PrefixLength = 8;

    /// <summary>A larger length is damage: the largest batches of market data have some hundred kilobytes.</summary>
    public const int BodyLengthMax = 64 * 1024 * 1024;

    /// <summary>Least length of a record: no file has more records than its length divided by this.</summary>
    public const int RecordLengthMin = PrefixLength + FixedLength;

    private const int FixedLength = sizeof(long) + sizeof(ushort);

    private static ReadOnlySpan<byte> Mark => "BTCFACT1"u8;

    public static void WriteHeader(Span<byte> header, long firstOffset)
    {
        Mark.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header[Mark.Length..], firstOffset);
    }

    public static void Append(ArrayBufferWriter<byte> target, Timestamp time, string key, ReadOnlySpan<byte> payload)
    {
        var keyLength = Encoding.UTF8.GetByteCount(key);
        var bodyLength = FixedLength + keyLength + payload.Length;
        var span = target.GetSpan(PrefixLength + bodyLength);
        var body = span.Slice(PrefixLength, bodyLength);
        BinaryPrimitives.WriteInt64LittleEndian(body, time.UnixNanoseconds);
        BinaryPrimitives.WriteUInt16LittleEndian(body[sizeof(long)..], checked((ushort)keyLength));
        Encoding.UTF8.GetBytes(key, body[FixedLength..]);
        payload.CopyTo(body[(FixedLength + keyLength)..]);
        BinaryPrimitives.WriteInt32LittleEndian(span, bodyLength);
        BinaryPrimitives.WriteUInt32LittleEndian(span[sizeof(int)..], Crc32.HashToUInt32(body));
        target.Advance(PrefixLength + bodyLength);
    }

    /// <summary>Length of the body that follows a prefix; null where no record can begin.</summary>
    public static int? BodyLength(ReadOnlySpan<byte> prefix) =>
        BinaryPrimitives.ReadInt32LittleEndian(prefix) is var length and >= FixedLength and <= BodyLengthMax ? length : null;

    /// <summary>Reads a body; null when it is damaged.</summary>
    public static LogEntry? Read(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body, long offset)
    {
        if (Crc32.HashToUInt32(body) != BinaryPrimitives.ReadUInt32LittleEndian(prefix[sizeof(int)..]))
        {
            return null;
        }

        var keyLength = BinaryPrimitives.ReadUInt16LittleEndian(body[sizeof(long)..]);
        return FixedLength + keyLength > body.Length
            ? null
            : new LogEntry(
                offset,
                new Timestamp(BinaryPrimitives.ReadInt64LittleEndian(body)),
                Encoding.UTF8.GetString(body.Slice(FixedLength, keyLength)),
                body[(FixedLength + keyLength)..].ToArray());
    }
}
