using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BtcAgent.Social.Transformers.Tokens;

namespace BtcAgent.Social.Transformers.Folders;

/// <summary>A model of tones in a folder, with the files of Hugging Face and its ONNX export.</summary>
public sealed class ModelFolder
{
    /// <summary>Largest text file of a folder, in bytes.</summary>
    private const long TextBytesMax = 64 * 1024 * 1024;

    private const int NameMax = 40;

    private ModelFolder(string id, string hash, string onnxPath, ModelConfig config, ITokenizer tokenizer) =>
        (Id, Hash, OnnxPath, Config, Tokenizer) = (id, hash, onnxPath, config, tokenizer);

    /// <summary>The folder's name in lower case, at most 40 characters.</summary>
    public string Id { get; }

    /// <summary>SHA-256 over the names and the contents of all files that are used, in lower-case hexadecimal digits.</summary>
    public string Hash { get; }

    public ModelConfig Config { get; }

    internal string OnnxPath { get; }

    internal ITokenizer Tokenizer { get; }

    /// <param name="path">
    /// A folder with <c>config.json</c>, <c>model.onnx</c> (also below <c>onnx/</c>), and <c>vocab.txt</c>, or <c>vocab.json</c> with <c>merges.txt</c>.
    /// </param>
    /// <exception cref="ModelFolderException">A file is missing or wrong.</exception>
    public static ModelFolder Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!Directory.Exists(path))
        {
            throw new ModelFolderException($"there is no folder '{path}': name one with config.json, model.onnx and the vocabulary");
        }

        try
        {
            return Read(Path.GetFullPath(path));
        }
        catch (InvalidDataException problem)
        {
            throw new ModelFolderException(problem.Message, problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ModelFolderException($"the folder '{path}' cannot be read: {problem.Message}", problem);
        }
    }

    private static ModelFolder Read(string path)
    {
        var config = ModelConfig.Read(Bytes(path, "config.json"), File.Exists(Path.Combine(path, "tokenizer_config.json")) ? Bytes(path, "tokenizer_config.json") : null);
        ITokenizer tokenizer = config.Kind == ModelKind.Bert
            ? new BertTokenizer(Bytes(path, "vocab.txt"), config.StripAccents, config.LowerCase)
            : new RobertaTokenizer(Bytes(path, "vocab.json"), Bytes(path, "merges.txt"));
        var onnx = new[] { "model.onnx", Path.Combine("onnx", "model.onnx") }.FirstOrDefault(name => File.Exists(Path.Combine(path, name)))
            ?? throw new ModelFolderException($"'{path}' has no model.onnx: export the model to ONNX first");
        string[] used =
        [
            "config.json", "tokenizer_config.json", "vocab.txt", "vocab.json", "merges.txt", onnx, onnx + "_data", // The last has the weights of models above 2 GB.
        ];
        return new ModelFolder(IdOf(path), HashOf(path, used), Path.Combine(path, onnx), config, tokenizer);
    }

    private static byte[] Bytes(string path, string name)
    {
        var file = new FileInfo(Path.Combine(path, name));
        if (!file.Exists)
        {
            throw new ModelFolderException($"'{path}' has no {name}: copy the model's own file");
        }

        return file.Length <= TextBytesMax
            ? File.ReadAllBytes(file.FullName)
            : throw new ModelFolderException($"{name} has {file.Length.ToString("N0", CultureInfo.InvariantCulture)} bytes, more than any vocabulary: copy the model's own file");
    }

    private static string IdOf(string path)
    {
        var name = new string([.. Path.GetFileName(Path.TrimEndingDirectorySeparator(path)).ToLowerInvariant()
            .Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '-').Take(NameMax)]);
        return name.Length > 0 ? name : "model";
    }

    private static string HashOf(string path, IEnumerable<string> names)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in names.Where(name => File.Exists(Path.Combine(path, name))))
        {
            using var stream = File.OpenRead(Path.Combine(path, name));
            all.AppendData(Encoding.UTF8.GetBytes($"{name.Replace('\\', '/')} {Convert.ToHexStringLower(SHA256.HashData(stream))}\n"));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }
}
