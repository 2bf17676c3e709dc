using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using BtcAgent.Domain.Models;

namespace BtcAgent.Models.LightGbm.Artefacts;

/// <summary>
/// Reads the four files of an artefact from an untrusted folder or zip. Limits the size of each file and its compression
/// ratio, and never uses a name from the zip as a path.
/// </summary>
internal static class ArtefactFiles
{
    /// <summary>Largest zip: 64 MiB.</summary>
    public const int ZipBytesMax = 64 << 20;

    /// <summary>
    /// Largest total of all files: 128 MiB; <see cref="RatioMax"/> limits what a small zip may claim of it.
    /// </summary>
    public const int TotalBytesMax = 128 << 20;

    /// <summary>Largest ratio of unpacked to packed bytes; models have 4 to 25.</summary>
    public const int RatioMax = 50;

    /// <summary>Unpacked size of a file up to which <see cref="RatioMax"/> does not apply: 64 KiB.</summary>
    public const int RatioFreeBytes = 64 << 10;

    /// <summary>
    /// Largest zip directory: four entries take about 300 bytes, and below 1,000 with archivers' extra fields.
    /// </summary>
    public const int DirectoryBytesMax = 4 << 10;

    private const int BufferBytes = 81_920;

    /// <summary>
    /// Size of the record that ends a zip, without its comment; byte 16 of it is the offset of the directory.
    /// </summary>
    private const int EndBytes = 22;
    private const int CommentBytesMax = ushort.MaxValue;
    private const int DirectoryOffsetAt = 16;

    private static readonly Dictionary<string, int> BytesMax = new(StringComparer.Ordinal)
    {
        [ModelArtefact.ManifestFile] = 1 << 20,
        [ModelArtefact.OnnxFile] = 64 << 20,
        [ModelArtefact.TextFile] = 64 << 20,
        [ModelArtefact.SumsFile] = 4 << 10,
    };

    /// <exception cref="ModelRefusedException">A file is absent or too large.</exception>
    public static IReadOnlyDictionary<string, byte[]> ReadFolder(string folder)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (name, limit) in BytesMax)
        {
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                throw Lacks(name);
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            files[name] = ReadUpTo(stream, name, limit);
        }

        return files;
    }

    /// <exception cref="ModelRefusedException">The zip is too large, or does not contain exactly the four
    /// files.</exception>
    /// <exception cref="InvalidDataException">The zip is incomplete.</exception>
    public static IReadOnlyDictionary<string, byte[]> ReadZip(ReadOnlyMemory<byte> zip)
    {
        if (zip.Length > ZipBytesMax)
        {
            throw new ModelRefusedException($"the zip has {zip.Length} bytes, at most {ZipBytesMax} are read: train a smaller model");
        }

        CheckDirectory(zip.Span);
        var bytes = MemoryMarshal.TryGetArray(zip, out var segment) ? segment : zip.ToArray();
        using var archive = new ZipArchive(
            new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), ZipArchiveMode.Read);
        CheckEntries(archive.Entries, zip.Length);
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            using var stream = entry.Open();
            files[entry.FullName] = ReadUpTo(stream, entry.FullName, (int)entry.Length);
        }

        return BytesMax.Keys.FirstOrDefault(name => !files.ContainsKey(name)) is { } missing ? throw Lacks(missing) : files;
    }

    /// <summary>
    /// Checks the size of the directory first: reading it would allocate a million entries before one could be refused.
    /// </summary>
    private static void CheckDirectory(ReadOnlySpan<byte> zip)
    {
        var tail = zip[Math.Max(0, zip.Length - EndBytes - CommentBytesMax)..];
        var end = tail.LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || end + EndBytes > tail.Length)
        {
            throw new InvalidDataException("it has no end of a central directory");
        }

        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail[(end + DirectoryOffsetAt)..]);
        var size = zip.Length - tail.Length + end - (long)start;
        if (size is < 0 or > DirectoryBytesMax)
        {
            throw new ModelRefusedException(
                $"the zip's directory has {size} bytes, at most {DirectoryBytesMax} are read: a model artefact has {string.Join(", ", BytesMax.Keys)} and nothing else");
        }
    }

    /// <summary>
    /// Checks the sizes in the directory before anything is unpacked; <see cref="ReadUpTo"/> enforces them.
    /// </summary>
    private static void CheckEntries(IReadOnlyCollection<ZipArchiveEntry> entries, int zipBytes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        long total = 0, packed = 0;
        foreach (var entry in entries)
        {
            if (!BytesMax.TryGetValue(entry.FullName, out var limit))
            {
                throw new ModelRefusedException(
                    $"the zip holds '{Shorten(entry.FullName)}': a model artefact has {string.Join(", ", BytesMax.Keys)} at its top and nothing else");
            }

            if (!seen.Add(entry.FullName))
            {
                throw new ModelRefusedException($"the zip holds {entry.FullName} twice: pack it again");
            }

            if (entry.Length > limit)
            {
                throw new ModelRefusedException($"{entry.FullName} would have {entry.Length} bytes, at most {limit} are read: train a smaller model");
            }

            if (entry.Length > RatioFreeBytes && entry.Length > RatioMax * entry.CompressedLength)
            {
                throw new ModelRefusedException(
                    $"{entry.FullName} would unpack from {entry.CompressedLength} to {entry.Length} bytes: no model packs more than {RatioMax} to 1");
            }

            (total, packed) = (total + entry.Length, packed + entry.CompressedLength);
        }

        if (total > TotalBytesMax || packed > zipBytes)
        {
            throw new ModelRefusedException(
                $"the zip of {zipBytes} bytes claims {packed} packed and {total} unpacked bytes, at most {TotalBytesMax} are read");
        }
    }

    /// <exception cref="ModelRefusedException">More bytes than the limit.</exception>
    public static byte[] ReadUpTo(Stream stream, string name, int limit)
    {
        using var read = new MemoryStream();
        var buffer = new byte[BufferBytes];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            if (read.Length + count > limit)
            {
                throw new ModelRefusedException($"{name} has more than {limit} bytes: check the file, or train a smaller model");
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    private static ModelRefusedException Lacks(string name) => new($"the model artefact lacks {name}: copy all of it");

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
