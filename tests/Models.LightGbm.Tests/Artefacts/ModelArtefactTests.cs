using System.Security.Cryptography;
using System.Text;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Tests.Signals;

namespace BtcAgent.Models.LightGbm.Tests.Artefacts;

public sealed class ModelArtefactTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-artefact-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Zip_ReadBack_IsTheSameToTheByte()
    {
        var artefact = SignalForest.Make();

        var read = ModelArtefact.ReadZip(artefact.ToZip());

        Assert.Equal(artefact.Id, read.Id);
        Assert.Equal(artefact.ToZip(), read.ToZip());
        Assert.Equal(artefact.Text, read.Text);
        Assert.Equal(artefact.Describe().SchemaHash, SignalForest.Schema.Hash);
        Assert.StartsWith("test-", artefact.Id, StringComparison.Ordinal);
    }

    [Fact]
    public void Sums_AreThoseOfSha256sum()
    {
        var files = SignalForest.Make().Files().ToDictionary(f => f.Name, f => f.Bytes, StringComparer.Ordinal);
        var lines = Encoding.ASCII.GetString(files[ModelArtefact.SumsFile]).TrimEnd('\n').Split('\n');

        Assert.Equal(3, lines.Length);
        foreach (var line in lines)
        {
            var (sum, name) = (line[..64], line[66..]);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(files[name])), sum);
        }
    }

    [Theory]
    [InlineData(ModelArtefact.OnnxFile)]
    [InlineData(ModelArtefact.TextFile)]
    [InlineData(ModelArtefact.ManifestFile)]
    public void Folder_ByteChanged_IsRefusedByName(string name)
    {
        WriteFolder();
        var bytes = File.ReadAllBytes(In(name));
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(In(name), bytes);

        Assert.Contains($"{name} differs", Refusal(() => ModelArtefact.Read(_folder.FullName)), StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_FileMissing_IsRefusedByName()
    {
        WriteFolder();
        Assert.Equal(SignalForest.Make().Id, ModelArtefact.Read(_folder.FullName).Id);
        File.Delete(In(ModelArtefact.OnnxFile));

        Assert.Contains("lacks model.onnx", Refusal(() => ModelArtefact.Read(_folder.FullName)), StringComparison.Ordinal);
        Assert.Contains("there is no model artefact", Refusal(() => ModelArtefact.Read("/nowhere")), StringComparison.Ordinal);
    }

    [Fact]
    public void Zip_TruncatedOrForeign_IsRefused()
    {
        var zip = SignalForest.Make().ToZip();

        Assert.Contains("not a complete zip", Refusal(() => ModelArtefact.ReadZip(zip.AsMemory(0, zip.Length / 2))), StringComparison.Ordinal);
        Assert.Contains("not a complete zip", Refusal(() => ModelArtefact.ReadZip("hello"u8.ToArray())), StringComparison.Ordinal);
    }

    [Fact]
    public void Manifest_AnotherFormatOrFailedCheck_IsRefused()
    {
        Assert.Contains("format 99", Refusal(() => Reread(SignalForest.Make(m => m with { Format = 99 }))), StringComparison.Ordinal);
        Assert.Contains("did not pass the conversion check", Refusal(() => Reread(SignalForest.Make(
            m => m with { Parity = m.Parity with { BranchDifferences = 1 } }))), StringComparison.Ordinal);
        Assert.Contains("not a model manifest", Refusal(() => ModelManifest.Parse("{\"format\":1}"u8)), StringComparison.Ordinal);
    }

    private static void Reread(ModelArtefact artefact) => ModelArtefact.ReadZip(artefact.ToZip());

    private static string Refusal(Action action) => Assert.Throws<ModelRefusedException>(action).Message;

    private void WriteFolder()
    {
        foreach (var (name, bytes) in SignalForest.Make().Files())
        {
            File.WriteAllBytes(In(name), bytes);
        }
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
