using System.Buffers.Binary;
using System.IO.Compression;

namespace BtcAgent.Exchanges.Binance.Tapes;

/// <summary>
/// Checks whether a gzip file is complete: its last four bytes are the unpacked length modulo 2^32 (RFC 1952, ISIZE).
/// </summary>
internal static class GzipTrailer
{
    private const int SmallestMember = 18;
    private static ReadOnlySpan<byte> MemberStart => [0x1f, 0x8b, 0x08];

    public static bool Matches(string path, long unpackedLength)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        if (file.Length < SmallestMember)
        {
            return false;
        }

        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        file.Position = file.Length - sizeof(uint);
        file.ReadExactly(trailer);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        return length == (uint)unpackedLength || IsEndOfLaterMember(path, length);
    }

    /// <summary>Concatenated files have several members; the trailer counts only the last one.</summary>
    private static bool IsEndOfLaterMember(string path, uint length)
    {
        var bytes = File.ReadAllBytes(path);
        for (var start = bytes.AsSpan().LastIndexOf(MemberStart);
            start > 0;
            start = bytes.AsSpan(0, start).LastIndexOf(MemberStart))
        {
            if ((uint)UnpackedLength(bytes, start) == length)
            {
                return true;
            }
        }

        return false;
    }

    private static long UnpackedLength(byte[] bytes, int start)
    {
        try
        {
            using var member = new GZipStream(
                new MemoryStream(bytes, start, bytes.Length - start), CompressionMode.Decompress);
            var buffer = new byte[64 * 1024];
            long total = 0;
            for (int read; (read = member.Read(buffer)) > 0;)
            {
                total += read;
            }

            return total;
        }
        catch (InvalidDataException)
        {
            // The three bytes were data that resembles the start of a member.
            return -1;
        }
    }
}
