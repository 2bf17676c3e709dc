using System.Buffers.Binary;
using System.Text;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Models.LightGbm.Onnx;
using BtcAgent.Models.LightGbm.Onnx.Schema;
using BtcAgent.Models.LightGbm.Signals;
using BtcAgent.Models.LightGbm.Tests.Signals;
using Google.Protobuf;

namespace BtcAgent.Models.LightGbm.Tests.Artefacts;

/// <summary>Each is refused with its reason before native code sees a byte of it, and at little cost.</summary>
public sealed class HostileArtefactTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-hostile-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("left_child=", "left_child=0 ", "model.txt, line")]
    [InlineData("leaf_value=", "leaf_valeu=", "is not known")]
    [InlineData("num_leaves=7", "num_leaves=70000", "values, expected")]
    [InlineData("split_feature=", "split_feature=99999 ", "model.txt, line")]
    [InlineData("tree_sizes=", "tree_sizes=1 ", "tree_sizes")]
    public async Task Load_TextAlteredUnderRightSums_IsRefused(string from, string to, string reason) =>
        Assert.Contains(reason, await RefusalAsync(HostileArtefact.WithText(SignalForest.Make(), from, to)), StringComparison.Ordinal);

    [Fact]
    public async Task Load_TextOfOtherScores_IsNotThatOfTheOnnxFile() => Assert.Contains(
        "not what model.txt converts to",
        await RefusalAsync(HostileArtefact.WithText(SignalForest.Make(), "\nleaf_value=-", "\nleaf_value=+")),
        StringComparison.Ordinal);

    [Fact]
    public async Task Load_TreeDeeperThanAStack_IsRefused()
    {
        const int Splits = 100_000;
        string Line(string key, Func<int, string> value, int count = Splits) => $"{key}={string.Join(' ', Enumerable.Range(0, count).Select(value))}\n";
        var tree = $"Tree=0\nnum_leaves={Splits + 1}\nnum_cat=0\n" + Line("split_feature", _ => "0") + Line("threshold", i => $"{i}")
            + Line("decision_type", _ => "2") + Line("left_child", i => i == Splits - 1 ? $"{~Splits}" : $"{i + 1}") + Line("right_child", i => $"{~i}")
            + Line("leaf_value", _ => "1", Splits + 1) + "\n\nend of trees\n";
        var zip = HostileArtefact.With(SignalForest.Make(), ModelArtefact.TextFile, bytes =>
        {
            var header = Encoding.UTF8.GetString(bytes);
            var lines = header[..header.IndexOf("Tree=0", StringComparison.Ordinal)].Split('\n').Where(l => !l.StartsWith("tree_sizes", StringComparison.Ordinal));
            return Encoding.UTF8.GetBytes(string.Join('\n', lines) + tree);
        });

        Assert.Contains("more than 512 splits deep", await RefusalAsync(zip), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_OnnxWithExternalData_IsRefusedWithoutReadingIt()
    {
        var zip = WithOnnx(model =>
        {
            var tensor = model.Graph.Initializer.Concat(model.Graph.Node.SelectMany(n => n.Attribute).Where(a => a.T is not null).Select(a => a.T)).First();
            tensor.ClearRawData();
            tensor.DataLocation = 1;
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "operator.key" });
        });

        Assert.Contains("outside the file (location=operator.key)", await RefusalAsync(zip), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_OnnxWithAnotherOperator_IsRefusedByItsName()
    {
        var zip = WithOnnx(model => model.Graph.Node.Add(OnnxNode.Of("ConstantOfShape", "huge", OnnxConverter.Input)));

        Assert.Contains("the operator 'ConstantOfShape'", await RefusalAsync(zip), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_OnnxWithColumnBeyondTheRow_IsRefused()
    {
        var zip = WithOnnx(model => model.Graph.Node.Single(n => n.OpType == "TreeEnsemble").Attribute("nodes_featureids")!.Ints[0] = 1_000_000_000);

        Assert.Contains("not what model.txt converts to", await RefusalAsync(zip), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_OnnxWithUnknownField_IsRefused()
    {
        // Field 25 of a model, "functions": absent from our schema, but read by ONNX Runtime.
        var zip = HostileArtefact.With(SignalForest.Make(), ModelArtefact.OnnxFile, _ => Sealed(model => model.MergeFrom(new byte[] { 0xCA, 0x01, 0x02, 0x0A, 0x00 })));

        Assert.Contains("does not write", await RefusalAsync(zip), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SmallZipOfHugeFile_IsRefusedWithoutUnpacking()
    {
        var zip = HostileArtefact.Zip(HostileArtefact.Summed(SignalForest.Make(), ModelArtefact.OnnxFile, _ => new byte[60 << 20]));
        Assert.InRange(zip.Length, 1, 1 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refused = Assert.Throws<ModelRefusedException>(() => ModelArtefact.ReadZip(zip));

        Assert.Contains("no model packs more than 50 to 1", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    [Fact]
    public void Read_ZipOfManyEntries_IsRefusedBeforeItsDirectoryIsRead()
    {
        var zip = HostileArtefact.Zip(Enumerable.Range(0, 20_000).Select(i => ($"{i}", Array.Empty<byte>())));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refused = Assert.Throws<ModelRefusedException>(() => ModelArtefact.ReadZip(zip));

        Assert.Contains("the zip's directory has", refused.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Read_EntryThatUnpacksToMoreThanItClaims_IsRefused()
    {
        var zip = HostileArtefact.Zip(HostileArtefact.Summed(SignalForest.Make(), ModelArtefact.TextFile, bytes => bytes));
        var claimed = Encoding.ASCII.GetBytes(ModelArtefact.TextFile);
        var name = zip.AsSpan().LastIndexOf(claimed);
        BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(name - 46 + 24), 100);

        Assert.ThrowsAny<ModelRefusedException>(() => ModelArtefact.ReadZip(zip));
    }

    [Theory]
    [InlineData("../../operator.key")]
    [InlineData("/etc/cron.d/x")]
    [InlineData("models/model.txt")]
    [InlineData("MODEL.TXT")]
    public void Read_ZipWithAnotherName_IsRefusedByIt(string name)
    {
        var zip = HostileArtefact.Zip([.. SignalForest.Make().Files(), (name, [1])]);

        Assert.Contains($"the zip holds '{name}'", Assert.Throws<ModelRefusedException>(() => ModelArtefact.ReadZip(zip)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ZipWithAFileTwice_IsRefused()
    {
        var zip = HostileArtefact.Zip([.. SignalForest.Make().Files(), (ModelArtefact.TextFile, [1])]);

        Assert.Contains("model.txt twice", Assert.Throws<ModelRefusedException>(() => ModelArtefact.ReadZip(zip)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FolderWithFileOverItsLimit_IsRefused()
    {
        foreach (var (name, bytes) in SignalForest.Make().Files())
        {
            File.WriteAllBytes(Path.Combine(_folder.FullName, name), bytes);
        }

        // A file of this length that takes no space.
        using (var sparse = new FileStream(Path.Combine(_folder.FullName, ModelArtefact.ManifestFile), FileMode.Open))
        {
            sparse.SetLength(2 << 20);
        }

        Assert.Contains(
            "manifest.json has more than 1048576 bytes",
            Assert.Throws<ModelRefusedException>(() => ModelArtefact.Read(_folder.FullName)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TextNotUtf8_IsRefused() => Assert.Contains(
        "model.txt is not UTF-8",
        Assert.Throws<ModelRefusedException>(() => ModelArtefact.ReadZip(HostileArtefact.With(SignalForest.Make(), ModelArtefact.TextFile, bytes => [0xC3, 0x28, .. bytes]))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Unpacking_OfAHonestModel_IsFarFromTheRatio()
    {
        var artefact = SignalForest.Make();
        Assert.InRange(artefact.Files().Sum(f => (double)f.Bytes.Length) / artefact.ToZip().Length, 1, ArtefactFiles.RatioMax / 2.0);
    }

    private static byte[] WithOnnx(Action<ModelProto> change) => HostileArtefact.With(SignalForest.Make(), ModelArtefact.OnnxFile, _ => Sealed(change));

    private static byte[] Sealed(Action<ModelProto> change)
    {
        var model = ModelProto.Parser.ParseFrom(SignalForest.Make().Onnx);
        model.MetadataProps.Remove(model.MetadataProps.Single(p => p.Key == OnnxMetadata.Seal));
        change(model);
        return OnnxSeal.Close(model);
    }

    private static async Task<string> RefusalAsync(byte[] zip) => (await Assert.ThrowsAsync<ModelRefusedException>(
        () => new ForestLoader().LoadAsync(zip, TestContext.Current.CancellationToken))).Message;
}
