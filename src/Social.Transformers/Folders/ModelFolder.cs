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

    private readonly Lazy<string> _hash;

    private ModelFolder(string id, Lazy<string> hash, string onnxPath, ModelConfig config, ITokenizer tokenizer) =>
        (Id, _hash, OnnxPath, Config, Tokenizer) = (id, hash, onnxPath, config, tokenizer);

    /// <summary>The folder's name in lower case, at most 40 characters.</summary>
    public string Id { get; }

    /// <summary>SHA-256 over the names and the contents of all files of the folder, in lower-case hexadecimal digits. Reads them at the first use.</summary>
    public string Hash => _hash.Value;

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
        return new ModelFolder(IdOf(path), new Lazy<string>(() => HashOf(path)), Path.Combine(path, onnx), config, tokenizer);
    }

    private static byte[] Bytes(string path, string name)
    {
        var file = new FileInfo(Path.Combine(path, name));
        if (!file.Exists)
        {
            throw new ModelFolderException($"'{path}' has no {name}: copy the model's own file");
        }

        // By what is read, not by the length that is shown: a device shows 0.
        using var stream = file.OpenRead();
        using var bytes = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            bytes.Write(buffer.AsSpan(0, read));
            if (bytes.Length > TextBytesMax)
            {
                throw new ModelFolderException($"{name} has more than {TextBytesMax.ToString("N0", CultureInfo.InvariantCulture)} bytes, more than any vocabulary: copy the model's own file");
            }
        }

        return bytes.ToArray();
    }

    private static string IdOf(string path)
    {
        var name = new string([.. Path.GetFileName(Path.TrimEndingDirectorySeparator(path)).ToLowerInvariant()
            .Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '-').Take(NameMax)]);
        return name.Length > 0 ? name : "model";
    }

    private static string HashOf(string path)
    {
        // All files, since a model may keep its weights in others of any name.
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(path, file).Replace('\\', '/')).Order(StringComparer.Ordinal))
        {
            using var stream = File.OpenRead(Path.Combine(path, name));
            all.AppendData(Encoding.UTF8.GetBytes($"{name} {Convert.ToHexStringLower(SHA256.HashData(stream))}\n"));
        }

        return Convert.ToHexStringLower(all.GetHashAndReset());
    }
}
