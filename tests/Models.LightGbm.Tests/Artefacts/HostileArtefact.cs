using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using BtcAgent.Models.LightGbm.Artefacts;

namespace BtcAgent.Models.LightGbm.Tests.Artefacts;

/// <summary>A manipulated artefact with correct checksums, as an attacker would upload it.</summary>
internal static class HostileArtefact
{
    public static byte[] With(ModelArtefact artefact, string file, Func<byte[], byte[]> change) =>
        Zip(Summed(artefact, file, change));

    public static byte[] WithText(ModelArtefact artefact, string from, string to) => With(artefact, ModelArtefact.TextFile, bytes =>
    {
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Contains(from, text, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
    });

    /// <summary>The files with one of them changed, and matching checksums.</summary>
    public static List<(string Name, byte[] Bytes)> Summed(ModelArtefact artefact, string file, Func<byte[], byte[]> change)
    {
        var files = artefact.Files().Where(f => f.Name != ModelArtefact.SumsFile)
            .Select(f => (f.Name, Bytes: f.Name == file ? change(f.Bytes) : f.Bytes)).ToList();
        var sums = string.Concat(files.Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(f.Bytes))}  {f.Name}\n"));
        return [.. files, (ModelArtefact.SumsFile, Encoding.ASCII.GetBytes(sums))];
    }

    public static byte[] Zip(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var stream = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
                stream.Write(bytes);
            }
        }

        return buffer.ToArray();
    }
}
