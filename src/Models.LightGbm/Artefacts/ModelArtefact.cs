using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using BtcAgent.Domain.Models;

namespace BtcAgent.Models.LightGbm.Artefacts;

/// <summary>
/// A trained model with its metadata, as a folder or a zip: <c>model.txt</c>, <c>model.onnx</c>, <c>manifest.json</c> and
/// <c>SHA256SUMS</c> (for <c>sha256sum -c</c>). Reading verifies every checksum.
/// </summary>
public sealed class ModelArtefact
{
    public const string TextFile = "model.txt";
    public const string OnnxFile = "model.onnx";
    public const string ManifestFile = "manifest.json";
    public const string SumsFile = "SHA256SUMS";

    private static readonly string[] SummedFiles = [ManifestFile, OnnxFile, TextFile];
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly DateTimeOffset ZipTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly byte[] _manifest;
    private readonly byte[] _sums;

    private ModelArtefact(ModelManifest manifest, byte[] manifestBytes, string text, byte[] onnx)
    {
        Manifest = manifest;
        Text = text;
        Onnx = onnx;
        _manifest = manifestBytes;
        _sums = Sums();
        Hash = Convert.ToHexStringLower(SHA256.HashData(_sums));
    }

    public ModelManifest Manifest { get; }

    /// <summary>LightGBM's own model text.</summary>
    public string Text { get; }

    public byte[] Onnx { get; }

    /// <summary>SHA-256 of <c>SHA256SUMS</c>, which covers all files.</summary>
    public string Hash { get; }

    public string Id => $"{Manifest.Name}-{Hash[..12]}";

    public static ModelArtefact Create(ModelManifest manifest, string text, byte[] onnx) =>
        new(manifest, manifest.ToJson(), text, onnx);

    /// <param name="path">A folder, or a zip file.</param>
    /// <exception cref="ModelRefusedException">The artefact is absent, incomplete or damaged.</exception>
    public static ModelArtefact Read(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return Read(ArtefactFiles.ReadFolder(path));
            }

            if (!File.Exists(path))
            {
                throw new ModelRefusedException($"there is no model artefact at '{path}'");
            }

            using var zip = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return ReadZip(ArtefactFiles.ReadUpTo(zip, path, ArtefactFiles.ZipBytesMax));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelRefusedException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <exception cref="ModelRefusedException">The bytes are not a zip, or the artefact is incomplete or
    /// damaged.</exception>
    public static ModelArtefact ReadZip(ReadOnlyMemory<byte> zip)
    {
        try
        {
            return Read(ArtefactFiles.ReadZip(zip));
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new ModelRefusedException($"the model artefact is not a complete zip file: {e.Message}", e);
        }
    }

    /// <summary>The artefact's files by name, in a fixed order.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> Files() =>
    [
        (ManifestFile, _manifest), (OnnxFile, Onnx), (TextFile, Encoding.UTF8.GetBytes(Text)), (SumsFile, _sums),
    ];

    /// <summary>True for a folder that has nothing but the files of an artefact, or nothing at all.</summary>
    public static bool IsAlone(string folder) => Directory.EnumerateFileSystemEntries(folder)
        .All(entry => File.Exists(entry) && Path.GetFileName(entry) is ManifestFile or OnnxFile or TextFile or SumsFile);

    /// <summary>Packs the artefact; the same artefact gives the same bytes.</summary>
    public byte[] ToZip()
    {
        var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in Files())
            {
                var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = ZipTime;
                using var stream = entry.Open();
                stream.Write(bytes);
            }
        }

        return buffer.ToArray();
    }

    public ModelDescription Describe() => new()
    {
        Id = Id,
        Hash = Hash,
        SchemaHash = ulong.Parse(Manifest.SchemaHash, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        Objective = Manifest.Objective,
        Trees = Manifest.Trees,
        Features = [.. Manifest.Features.Select(f => f.Name)],
        Label = Manifest.Label,
        TrainedFrom = Timestamp.FromDateTimeOffset(Manifest.TrainedFrom),
        TrainedTo = Timestamp.FromDateTimeOffset(Manifest.TrainedTo),
        Metrics = Manifest.Metrics,
        Lineage = Manifest.Lineage,
        ParityRows = Manifest.Parity.Rows,
        ParityDifference = Manifest.Parity.MaxRelativeDifference,
        Verdict = Manifest.Verdict,
    };

    private static ModelArtefact Read(IReadOnlyDictionary<string, byte[]> files)
    {
        var (manifest, onnx, text, sums) = (files[ManifestFile], files[OnnxFile], files[TextFile], files[SumsFile]);
        var expected = SumsOf(manifest, onnx, text);
        if (!sums.AsSpan().SequenceEqual(expected))
        {
            throw new ModelRefusedException(Difference(Encoding.UTF8.GetString(sums), Encoding.UTF8.GetString(expected)));
        }

        try
        {
            return new ModelArtefact(ModelManifest.Parse(manifest), manifest, Utf8.GetString(text), onnx);
        }
        catch (DecoderFallbackException e)
        {
            throw new ModelRefusedException($"{TextFile} is not UTF-8: {e.Message}", e);
        }
    }

    private static string Difference(string sums, string expected)
    {
        var given = sums.Split('\n');
        var damaged = SummedFiles.Where((name, i) => i >= given.Length || given[i] != expected.Split('\n')[i]);
        return $"the model artefact is damaged or was changed: {string.Join(", ", damaged.DefaultIfEmpty(SumsFile))} "
            + $"differs from {SumsFile}";
    }

    private static byte[] SumsOf(byte[] manifest, byte[] onnx, byte[] text)
    {
        var lines = SummedFiles.Zip([manifest, onnx, text], (name, bytes) => $"{Convert.ToHexStringLower(SHA256.HashData(bytes))}  {name}\n");
        return Encoding.ASCII.GetBytes(string.Concat(lines));
    }

    private byte[] Sums() => SumsOf(_manifest, Onnx, Encoding.UTF8.GetBytes(Text));
}
