using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace BtcAgent.Storage.Backups;

/// <summary>
/// Writes a backup: magic, header with its hash, then the manifest and each part as a section of compressed, sealed frames. Magic,
/// lengths, header and its hash keep this layout in every format.
/// </summary>
internal static class BackupWriter
{
    internal static readonly byte[] Magic = "BTCBACK\n"u8.ToArray();

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private const int SaltBytes = 32;

    /// <param name="target">An empty stream.</param>
    /// <param name="manifest">The parts.</param>
    /// <param name="folder">Folder with the parts' files.</param>
    /// <param name="agentVersion">Version of this program.</param>
    /// <param name="key">The operator's key; null leaves the backup unencrypted.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static void Write(
        Stream target, BackupManifest manifest, string folder, string agentVersion, BackupKey? key, CancellationToken cancellationToken)
    {
        var plain = new BackupHeader(
            BackupHeader.Newest, agentVersion, manifest.Instant, BackupHeader.NoDerivation, 0,
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(SaltBytes)), null);
        (BackupHeader header, byte[]? fileKey) = key is null ? (plain, null) : key.Seal(plain);
        var hash = WriteHeader(target, header);
        using var seal = new FrameSeal(fileKey, hash);
        using (var section = new SectionWriter(target, seal, 0))
        {
            JsonSerializer.Serialize(section, manifest, Json);
        }

        for (var index = 0; index < manifest.Parts.Length; index++)
        {
            using var file = File.OpenRead(Path.Combine(folder, manifest.Parts[index].Name));
            using var section = new SectionWriter(target, seal, checked((ushort)(index + 1)));
            using var packed = new BrotliStream(section, CompressionLevel.Fastest);
            Copy(file, packed, cancellationToken);
        }
    }

    /// <summary>Returns the hash of magic and header.</summary>
    internal static byte[] WriteHeader(Stream target, BackupHeader header)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(header, Json);
        var start = new byte[Magic.Length + sizeof(int) + json.Length];
        Magic.CopyTo(start, 0);
        BinaryPrimitives.WriteInt32LittleEndian(start.AsSpan(Magic.Length), json.Length);
        json.CopyTo(start, Magic.Length + sizeof(int));
        var hash = SHA256.HashData(start);
        target.Write(start);
        target.Write(hash);
        return hash;
    }

    internal static void Copy(Stream from, Stream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[1 << 17];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            to.Write(buffer, 0, read);
        }
    }
}
