using System.Buffers.Binary;
using System.Security.Cryptography;

namespace BtcAgent.Storage.Backups;

/// <summary>
/// Protects the frames of a backup: AES-256-GCM with a key, otherwise a truncated SHA-256. Either covers the header, the section,
/// the number of the frame and whether it is the last, so that no frame can be changed, moved, dropped or added unseen. Only the
/// former protects from someone who can compute hashes.
/// </summary>
internal sealed class FrameSeal : IDisposable
{
    public const int TagBytes = 16;
    private const int NonceBytes = 12;

    private readonly AesGcm? _cipher;
    private readonly byte[] _header;

    /// <param name="key">The file's key; null when the backup is not encrypted.</param>
    /// <param name="header">Hash of the header.</param>
    public FrameSeal(byte[]? key, byte[] header) => (_cipher, _header) = (key is null ? null : new AesGcm(key, TagBytes), header);

    public void Close(ReadOnlySpan<byte> plain, ushort section, long number, bool isLast, Span<byte> sealedBytes, Span<byte> tag)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Number(nonce, section, number, isLast);
        if (_cipher is not null)
        {
            _cipher.Encrypt(nonce, plain, sealedBytes, tag, _header);
        }
        else
        {
            plain.CopyTo(sealedBytes);
            Hash(nonce, plain, tag);
        }
    }

    /// <summary>Returns false when the frame is not the one that was written here.</summary>
    public bool TryOpen(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> tag, ushort section, long number, bool isLast, Span<byte> plain)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        Number(nonce, section, number, isLast);
        if (_cipher is null)
        {
            Span<byte> expected = stackalloc byte[TagBytes];
            Hash(nonce, sealedBytes, expected);
            sealedBytes.CopyTo(plain);
            return tag.SequenceEqual(expected);
        }

        try
        {
            _cipher.Decrypt(nonce, sealedBytes, tag, plain, _header);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => _cipher?.Dispose();

    /// <summary>Unique in a file: its key is used for this file only.</summary>
    private static void Number(Span<byte> nonce, ushort section, long number, bool isLast)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(nonce, section);
        BinaryPrimitives.WriteInt64LittleEndian(nonce[2..], number);
        nonce[10] = isLast ? (byte)1 : (byte)0;
        nonce[11] = 0;
    }

    private void Hash(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> content, Span<byte> tag)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_header);
        hash.AppendData(nonce);
        hash.AppendData(content);
        Span<byte> whole = stackalloc byte[32];
        hash.GetHashAndReset(whole);
        whole[..TagBytes].CopyTo(tag);
    }
}
