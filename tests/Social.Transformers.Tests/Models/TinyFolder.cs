using System.Text.Json;
using System.Text.Json.Nodes;
using BtcAgent.Social.Transformers.Tests.Tokens;

namespace BtcAgent.Social.Transformers.Tests.Models;

/// <summary>A folder with a small random model, in the files of Hugging Face.</summary>
internal sealed class TinyFolder : IDisposable
{
    private static readonly string[] Labels = ["Bearish", "Neutral", "Bullish"];

    private readonly string _parent = Directory.CreateTempSubdirectory("btcagent-tiny").FullName;

    public TinyFolder(bool isRoberta, int seed = 1)
    {
        Path = System.IO.Path.Combine(_parent, isRoberta ? "Tiny_CryptoBERT" : "Tiny_FinBERT");
        Directory.CreateDirectory(Path);
        var (vocabulary, merges) = TinyVocabulary.Roberta();
        var words = isRoberta ? vocabulary.Count : TinyVocabulary.Bert().Length;
        Model = new TinyTransformer(seed, words, Labels.Length, isRoberta, isRoberta ? 1 : 0);
        Config = new JsonObject
        {
            ["model_type"] = isRoberta ? "roberta" : "bert",
            ["id2label"] = new JsonObject { ["0"] = Labels[0], ["1"] = Labels[1], ["2"] = Labels[2] },
            ["max_position_embeddings"] = TinyTransformer.Positions,
            ["pad_token_id"] = Model.PadToken,
        };
        WriteConfig();
        if (isRoberta)
        {
            Write("vocab.json", JsonSerializer.Serialize(vocabulary));
            Write("merges.txt", "#version: 0.2\n" + string.Join('\n', merges));
        }
        else
        {
            Write("vocab.txt", string.Join('\n', TinyVocabulary.Bert()));
        }

        File.WriteAllBytes(System.IO.Path.Combine(Path, "model.onnx"), TinyGraph.Write(Model));
    }

    public string Path { get; }

    public TinyTransformer Model { get; }

    public JsonObject Config { get; }

    public void WriteConfig() => Write("config.json", Config.ToJsonString());

    public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    public void Delete(string name) => File.Delete(System.IO.Path.Combine(Path, name));

    public void Dispose() => Directory.Delete(_parent, recursive: true);
}
