using BtcAgent.Social.Scoring;
using BtcAgent.Social.Text;
using BtcAgent.Social.Transformers.Folders;
using BtcAgent.Social.Transformers.Scoring;
using BtcAgent.Social.Transformers.Tests.Tokens;

namespace BtcAgent.Social.Transformers.Tests.Models;

public sealed class TransformerScorerTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    public void Score_Batch_GivesWhatAnIndependentForwardPassGives(bool isRoberta, int seed)
    {
        using var files = new TinyFolder(isRoberta, seed);
        var folder = ModelFolder.Open(files.Path);
        using var scorer = TransformerScorer.Open(folder, new TransformerOptions { TokensMax = 48 });
        var texts = HardTexts.All.Select(PostReader.Read).ToArray();
        var tones = scorer.Score(texts, Cancel);

        var seen = new HashSet<ToneClass>();
        foreach (var (text, tone) in texts.Zip(tones))
        {
            var logits = files.Model.Forward(folder.Tokenizer.Encode(text.Read, 48));
            var shares = logits.Select(Math.Exp).ToArray();
            var sum = shares.Sum();
            Assert.All(tone.Terms.Zip(shares), pair => Assert.Equal(pair.Second / sum, pair.First.Value, 2e-4));
            Assert.Equal((shares[2] - shares[0]) / sum, tone.Tone, 2e-4);
            Assert.Equal(((shares.Max() / sum) - (1 / 3.0)) / (2 / 3.0), tone.Confidence, 3e-4);
            Assert.Equal((ToneClass)Array.IndexOf(shares, shares.Max()), tone.Class);
            seen.Add(tone.Class);
        }

        Assert.True(seen.Count > 1, "the random model gives all texts the same class, which tests little");
        Assert.Equal(tones.Select(tone => tone.Tone), texts.Select(text => scorer.Score([text], Cancel)[0].Tone));
    }

    [Fact]
    public void Score_LongestText_IsCutToTheModelsPositions()
    {
        using var files = new TinyFolder(isRoberta: true);
        var folder = ModelFolder.Open(files.Path);
        Assert.Equal(TinyTransformer.Positions - 2, folder.Config.TokensMax);
        using var scorer = TransformerScorer.Open(folder, new TransformerOptions { TokensMax = 8_192 });
        Assert.Single(scorer.Score([PostReader.Read(new string('x', 8_000))], Cancel));
    }

    [Fact]
    public void Score_Cancelled_EndsWithoutATone()
    {
        using var files = new TinyFolder(isRoberta: true);
        using var scorer = TransformerScorer.Open(ModelFolder.Open(files.Path), new TransformerOptions());
        Assert.Throws<OperationCanceledException>(() => scorer.Score([PostReader.Read("x")], new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Open_SameFolder_HasTheSameHash_AndAnotherAfterAnyChange()
    {
        using var files = new TinyFolder(isRoberta: false);
        var folder = ModelFolder.Open(files.Path);
        Assert.Equal("tiny-finbert", folder.Id);
        Assert.Equal(folder.Hash, ModelFolder.Open(files.Path).Hash);
        files.Write("tokenizer_config.json", """{ "do_lower_case": true }""");
        var changed = ModelFolder.Open(files.Path);
        Assert.NotEqual(folder.Hash, changed.Hash);
        Assert.Equal(folder.Config with { Labels = changed.Config.Labels }, changed.Config);
    }

    [Fact]
    public void Open_EachWrongFolder_SaysWhatToDo()
    {
        Refused(files => files.Delete("config.json"), "has no config.json");
        Refused(files => files.Write("config.json", "{"), "config.json, line 1: not JSON");
        Refused(files => files.Write("config.json", "[]"), "config.json is not a JSON object");
        Refused(files => Set(files, config => config["model_type"] = "gpt2"), "model_type is 'gpt2'");
        Refused(files => Set(files, config => config.Remove("id2label")), "id2label is missing");
        Refused(files => Set(files, config => config["id2label"]!["1"] = "LABEL_1"), "the label 1 of id2label is 'label_1'");
        Refused(files => Set(files, config => config["id2label"]!["0"] = "neutral"), "at least one good and one bad");
        Refused(files => Set(files, config => config["id2label"]!["7"] = "neutral"), "none with the number 3");
        Refused(files => Set(files, config => config.Remove("max_position_embeddings")), "max_position_embeddings is missing");
        Refused(files => Set(files, config => config["max_position_embeddings"] = 3), "max_position_embeddings is 3");
        Refused(files => files.Delete("vocab.json"), "has no vocab.json");
        Refused(files => files.Write("vocab.json", "{"), "vocab.json, line 1");
        Refused(files => files.Write("vocab.json", """{ "<s>": 0 }"""), "vocab.json has no token </s>");
        Refused(files => files.Write("merges.txt", "#version\na b c"), "merges.txt, line 2");
        Refused(files => files.Write("merges.txt", "zz yy"), "merges.txt does not belong to vocab.json");
        Refused(files => files.Delete("model.onnx"), "has no model.onnx");
        Refused(files => files.Write("model.onnx", "not a model"), "cannot be used");
        Refused(files => Set(files, config => config["id2label"]!["3"] = "none"), "was expected: one value for each class");
        Refused(files => File.WriteAllBytes(Path.Combine(files.Path, "model.onnx"), TinyGraph.Write(files.Model, "pixel_values")), "an input 'pixel_values'");
        Assert.Contains("there is no folder", Assert.Throws<ModelFolderException>(() => ModelFolder.Open("/nowhere/at/all")).Message, StringComparison.Ordinal);
    }

    private static void Set(TinyFolder files, Action<System.Text.Json.Nodes.JsonObject> change)
    {
        change(files.Config);
        files.WriteConfig();
    }

    private static void Refused(Action<TinyFolder> damage, string expected)
    {
        using var files = new TinyFolder(isRoberta: true);
        damage(files);
        var refused = Assert.Throws<ModelFolderException>(() => TransformerScorer.Open(ModelFolder.Open(files.Path), new TransformerOptions()).Dispose());
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }
}
