using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace BtcAgent.Storage.Backups;

/// <summary>Reads a backup from its beginning to its end; uses no byte that was not checked.</summary>
internal sealed class BackupReader : IDisposable
{
    private const int HeaderBytesMax = 1 << 16;
    private const int ManifestBytesMax = 1 << 24;

    private readonly Stream _source;
    private readonly string _name;
    private readonly FrameSeal _seal;

    private BackupReader(Stream source, string name, BackupHeader header, FrameSeal seal)
    {
        (_source, _name, Header, _seal) = (source, name, header, seal);
        Manifest = ReadManifest();
    }

    public BackupHeader Header { get; }

    public BackupManifest Manifest { get; }

    /// <param name="source">The backup; the caller closes it.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="key">The operator's key; not needed for an unencrypted backup.</param>
    /// <exception cref="BackupException">It is damaged, of a newer format, or the key is missing or wrong.</exception>
    public static BackupReader Open(Stream source, string name, BackupKey? key)
    {
        var (header, hash) = ReadHeader(source, name);
        byte[]? fileKey = null;
        if (header.IsEncrypted)
        {
            fileKey = (key ?? throw new BackupException(
                    BackupFault.Key, $"the backup '{name}' is encrypted: set {BackupKey.Variable} or Backup:KeyFile to the key that it was made with"))
                .Open(header)
                ?? throw new BackupException(
                    BackupFault.Key, $"the backup '{name}' was made with another key: set {BackupKey.Variable} or Backup:KeyFile to that one");
        }

        var seal = new FrameSeal(fileKey, hash);
        try
        {
            return new BackupReader(source, name, header, seal);
        }
        catch
        {
            seal.Dispose();
            throw;
        }
    }

    /// <exception cref="BackupException">The header is damaged, or of a newer format.</exception>
    public static (BackupHeader Header, byte[] Hash) ReadHeader(Stream source, string name)
    {
        var prefix = new byte[BackupWriter.Magic.Length + sizeof(int)];
        if (source.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length || !prefix.AsSpan().StartsWith(BackupWriter.Magic))
        {
            throw BackupException.Damaged(name, "its header", "it does not begin like a backup of BtcAgent");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(BackupWriter.Magic.Length));
        if (length is < 2 or > HeaderBytesMax)
        {
            throw BackupException.Damaged(name, "its header", "wrong length");
        }

        var rest = new byte[length + SHA256.HashSizeInBytes];
        var read = source.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false);
        var hash = SHA256.HashData([.. prefix, .. rest.AsSpan(0, length)]);
        if (read < rest.Length || !hash.AsSpan().SequenceEqual(rest.AsSpan(length)))
        {
            throw BackupException.Damaged(name, "its header", "its hash differs");
        }

        using var json = JsonDocument.Parse(rest.AsMemory(0, length));
        var format = json.RootElement.GetProperty("format").GetInt32();
        if (format > BackupHeader.Newest)
        {
            throw new BackupException(
                BackupFault.Newer, $"the backup '{name}' was made by a newer BtcAgent (format {format}, this one reads up to {BackupHeader.Newest}): run that one");
        }

        return (json.Deserialize<BackupHeader>(BackupWriter.Json)!, hash);
    }

    /// <summary>Extracts every part to a folder and checks sizes and hashes; then the backup must end.</summary>
    /// <exception cref="BackupException">A part is damaged: the message names it.</exception>
    public void Extract(string folder, CancellationToken cancellationToken)
    {
        for (var index = 0; index < Manifest.Parts.Length; index++)
        {
            Extract(Manifest.Parts[index], checked((ushort)(index + 1)), folder, cancellationToken);
        }

        if (_source.ReadByte() >= 0)
        {
            throw BackupException.Damaged(_name, "its end", "bytes were added");
        }
    }

    public void Dispose() => _seal.Dispose();

    private void Extract(BackupPart part, ushort section, string folder, CancellationToken cancellationToken)
    {
        Exception Damaged(string why) => BackupException.Damaged(_name, $"part '{part.Name}'", why);
        var path = PathOf(part.Name, folder) ?? throw Damaged("its name leads out of the folder");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var sectionReader = new SectionReader(_source, _seal, section, Damaged);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var size = 0L;
        using (var file = NewFile(path))
        using (var unpacked = new BrotliStream(sectionReader, CompressionMode.Decompress, leaveOpen: true))
        {
            var buffer = new byte[1 << 17];
            for (int read; (read = Unpack(unpacked, buffer, Damaged)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if ((size += read) > part.Bytes)
                {
                    throw Damaged("it is larger than the manifest states");
                }

                hash.AppendData(buffer, 0, read);
                file.Write(buffer, 0, read);
            }
        }

        // The compressed stream may end before the last frame.
        sectionReader.CopyTo(Stream.Null);
        if (size != part.Bytes || Convert.ToHexString(hash.GetHashAndReset()) != part.Sha256)
        {
            throw Damaged("its size or hash differs from the manifest");
        }
    }

    /// <summary>Readable only by its owner, whatever the mask of the process.</summary>
    private static FileStream NewFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 17 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static int Unpack(BrotliStream unpacked, byte[] buffer, Func<string, Exception> damaged)
    {
        try
        {
            return unpacked.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            throw damaged(error.Message);
        }
    }

    private BackupManifest ReadManifest()
    {
        Exception Damaged(string why) => BackupException.Damaged(_name, "its manifest", why);
        using var section = new SectionReader(_source, _seal, 0, Damaged);
        using var json = new MemoryStream();
        var buffer = new byte[SectionWriter.FrameBytes];
        for (int read; (read = section.Read(buffer)) > 0;)
        {
            json.Write(buffer, 0, read);
            if (json.Length > ManifestBytesMax)
            {
                throw Damaged("it is too long");
            }
        }

        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(json.ToArray(), BackupWriter.Json) ?? throw Damaged("it is empty");
        }
        catch (JsonException error)
        {
            throw Damaged(error.Message);
        }
    }

    private static string? PathOf(string name, string folder)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, name));
        return path.StartsWith(root, StringComparison.Ordinal) ? path : null;
    }
}
