using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace BtcAgent.Storage.Secrets;

/// <summary>
/// The key-encryption key: 32 bytes that encrypt other secrets (AES-256-GCM). Its memory is not moved, and zeroed at the end.
/// </summary>
public sealed class KeyEncryptionKey : IDisposable
{
    /// <summary>Length of the key.</summary>
    public const int Bytes = 32;

    internal const int NonceBytes = 12;
    internal const int TagBytes = 16;

    private const int IdBytes = 8;

    private readonly byte[] _key = GC.AllocateUninitializedArray<byte>(Bytes, pinned: true);

    private KeyEncryptionKey()
    {
    }

    /// <summary>Identifies the key without revealing it: 16 hexadecimal digits.</summary>
    public string Id => Convert.ToHexStringLower(HMACSHA256.HashData(_key, "btcagent key-encryption key id"u8)[..IdBytes]);

    /// <summary>Reads 64 hexadecimal digits, or base64 of 32 bytes, with white space around them; the caller zeroes the text.</summary>
    /// <param name="text">The key in ASCII.</param>
    /// <param name="source">Where it came from, for the message.</param>
    /// <exception cref="SecretException">The text is something else; the message does not contain it.</exception>
    public static KeyEncryptionKey Parse(ReadOnlySpan<byte> text, string source)
    {
        var trimmed = text.Trim(" \t\r\n"u8);
        var key = new KeyEncryptionKey();
        var isKey = trimmed.Length == Bytes * 2
            ? Convert.FromHexString(trimmed, key._key, out _, out var written) == OperationStatus.Done && written == Bytes
            : trimmed.Length == 44 && IsBase64(trimmed, key._key);
        if (isKey)
        {
            return key;
        }

        key.Dispose();
        throw new SecretException(
            $"the key-encryption key of {source} has {trimmed.Length} characters and is not 32 bytes in base64 or hexadecimal: "
            + "make one with 'openssl rand -base64 32'");
    }

    /// <inheritdoc cref="Parse(ReadOnlySpan{byte}, string)"/>
    public static KeyEncryptionKey Parse(string text, string source)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            return Parse(bytes, source);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Returns nonce, encrypted bytes and tag.</summary>
    internal byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> associated)
    {
        var box = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var cipher = new AesGcm(_key, TagBytes);
        cipher.Encrypt(box.AsSpan(0, NonceBytes), plain, box.AsSpan(NonceBytes, plain.Length), box.AsSpan(NonceBytes + plain.Length), associated);
        return box;
    }

    /// <summary>Returns the plain bytes, which the caller zeroes; null when box or associated data are not the sealed ones.</summary>
    internal byte[]? Open(ReadOnlySpan<byte> box, ReadOnlySpan<byte> associated)
    {
        if (box.Length < NonceBytes + TagBytes)
        {
            return null;
        }

        var plain = GC.AllocateUninitializedArray<byte>(box.Length - NonceBytes - TagBytes, pinned: true);
        using var cipher = new AesGcm(_key, TagBytes);
        try
        {
            cipher.Decrypt(box[..NonceBytes], box[NonceBytes..^TagBytes], box[^TagBytes..], plain, associated);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            CryptographicOperations.ZeroMemory(plain);
            return null;
        }
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    public override string ToString() => $"key-encryption key {Id}";

    private static bool IsBase64(ReadOnlySpan<byte> text, Span<byte> key)
    {
        Span<byte> decoded = stackalloc byte[Bytes + 1];
        try
        {
            var isKey = Base64.DecodeFromUtf8(text, decoded, out _, out var written) == OperationStatus.Done && written == Bytes;
            if (isKey)
            {
                decoded[..Bytes].CopyTo(key);
            }

            return isKey;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(decoded);
        }
    }
}
