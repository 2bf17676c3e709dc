using System.Globalization;
using System.Text;
using System.Text.Json;
using BtcAgent.Storage.Files;

namespace BtcAgent.Storage.Secrets;

/// <summary>
/// A secret at rest: AES-256-GCM over its bytes, bound to its owner, name, date and key. A file in JSON, mode 600. Everything but the
/// box is readable without the key, and none of it can be changed without being noticed.
/// </summary>
/// <param name="Format">Version of the envelope.</param>
/// <param name="Owner">Whose secret it is, such as <c>binance-live</c>.</param>
/// <param name="Name">The operator's name for it.</param>
/// <param name="SealedAt">When it was encrypted, UTC.</param>
/// <param name="KeyId">Id of the key-encryption key.</param>
/// <param name="Box">Nonce, encrypted bytes and tag.</param>
public sealed record SealedSecret(int Format, string Owner, string Name, DateTimeOffset SealedAt, string KeyId, byte[] Box)
{
    /// <summary>The version that this program writes, and the newest that it reads.</summary>
    public const int Newest = 1;

    private const string What = "the sealed key";
    private const int FileBytesMax = 64 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Encrypts a secret; the caller zeroes the plain bytes.</summary>
    public static SealedSecret Seal(ReadOnlySpan<byte> plain, string owner, string name, KeyEncryptionKey key, DateTimeOffset now)
    {
        // Whole seconds: the file shows the instant, and the box covers what the file shows.
        var sealedAt = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var empty = new SealedSecret(Newest, owner, name, sealedAt, key.Id, []);
        return empty with { Box = key.Seal(plain, empty.Associated()) };
    }

    /// <summary>Reads the envelope; opens nothing.</summary>
    /// <exception cref="SecretException">The file cannot be read, is open to other users, damaged, or of a newer version.</exception>
    public static SealedSecret Load(string path)
    {
        try
        {
            var read = JsonSerializer.Deserialize<SealedSecret>(ClosedFile.Read(path, What, FileBytesMax), Json)
                ?? throw new JsonException("the file contains null");
            return read.Format is > 0 and <= Newest
                ? read
                : throw new SecretException($"{What} '{path}' has format {read.Format}, and this version reads up to {Newest}: use the version that wrote it");
        }
        catch (JsonException e)
        {
            // Without the parser's message, which could quote the file.
            throw new SecretException($"{What} '{path}' is damaged or cut off: store the key again with 'btcagent keys venue set --replace'", e);
        }
    }

    /// <summary>Returns the plain bytes, which the caller zeroes.</summary>
    /// <param name="owner">The owner that asks.</param>
    /// <param name="key">The key-encryption key.</param>
    /// <param name="path">Path of the file, for messages.</param>
    /// <exception cref="SecretException">The secret is another owner's, sealed with another key, or was changed.</exception>
    public byte[] Open(string owner, KeyEncryptionKey key, string path)
    {
        if (Owner != owner)
        {
            throw new SecretException($"{What} '{path}' is one of {Owner}, not of {owner}: name the file of {owner}, or store its key with 'btcagent keys venue set'");
        }

        if (KeyId != key.Id)
        {
            throw new SecretException(
                $"{What} '{path}' was sealed with the key-encryption key {KeyId}, and {key.Id} was given: give that key, or store the venue's key again "
                + "with 'btcagent keys venue set --replace'");
        }

        return key.Open(Box, Associated()) ?? throw new SecretException(
            $"{What} '{path}' was changed since it was sealed: restore the file, or store the key again with 'btcagent keys venue set --replace'");
    }

    /// <summary>Writes the file, mode 600.</summary>
    /// <exception cref="SecretException">The file cannot be written.</exception>
    public void Save(string path)
    {
        try
        {
            using var file = new AtomicFile(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            JsonSerializer.Serialize(file.Stream, this, Json);
            file.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SecretException($"{What} '{path}' cannot be written ({e.Message}): correct the folder or its permissions", e);
        }
    }

    public bool Equals(SealedSecret? other) => other is not null && Associated().AsSpan().SequenceEqual(other.Associated()) && Box.AsSpan().SequenceEqual(other.Box);

    public override int GetHashCode() => HashCode.Combine(Owner, Name, KeyId);

    /// <summary>Each part after its length, so that no two envelopes have the same bytes.</summary>
    private byte[] Associated()
    {
        string[] parts =
        [
            "btcagent sealed secret", Format.ToString(CultureInfo.InvariantCulture), Owner, Name,
            SealedAt.UtcTicks.ToString(CultureInfo.InvariantCulture), KeyId,
        ];
        return Encoding.UTF8.GetBytes(string.Concat(parts.Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Length}:{part};"))));
    }
}
