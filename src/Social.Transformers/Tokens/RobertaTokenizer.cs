using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace BtcAgent.Social.Transformers.Tokens;

/// <summary>Pairs of bytes (BPE), as of RoBERTa and CryptoBERT. Nothing of the text is changed.</summary>
internal sealed class RobertaTokenizer : ITokenizer
{
    private const string First = "<s>";
    private const string Last = "</s>";

    private readonly BpeTokenizer _pairs;
    private readonly int _first;
    private readonly int _last;

    /// <param name="vocabulary"><c>vocab.json</c>: the number of each token.</param>
    /// <param name="merges"><c>merges.txt</c>: a pair in each line, the most frequent first; a first line with <c>#version</c> is left out.</param>
    /// <exception cref="InvalidDataException">A file is not of that shape, or the first or last token is missing.</exception>
    public RobertaTokenizer(byte[] vocabulary, byte[] merges)
    {
        var numbers = Numbers(vocabulary);
        (_first, _last) = (Number(First), Number(Last));
        try
        {
            _pairs = BpeTokenizer.Create(new BpeOptions(numbers) { Merges = Lines(merges), ByteLevel = true, PreTokenizer = new RobertaWords() });
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"merges.txt does not belong to vocab.json: {problem.Message}", problem);
        }

        int Number(string token) => numbers.TryGetValue(token, out var number)
            ? number
            : throw new InvalidDataException($"vocab.json has no token {token}: it is not the vocabulary of a RoBERTa model");
    }

    public int[] Encode(string text, int max) => TokenFrame.Of(_pairs.EncodeToIds(text), _first, _last, max);

    private static Dictionary<string, int> Numbers(byte[] vocabulary)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, int>>(vocabulary) ?? throw new InvalidDataException("vocab.json is empty");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"vocab.json, line {problem.LineNumber + 1}: not an object of tokens with their numbers", problem);
        }
    }

    private static List<string> Lines(byte[] merges)
    {
        using var reader = new StreamReader(new MemoryStream(merges));
        var lines = new List<string>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || (number == 1 && line.StartsWith("#version", StringComparison.Ordinal)))
            {
                continue;
            }

            if (line.Count(character => character == ' ') != 1)
            {
                throw new InvalidDataException($"merges.txt, line {number}: not two tokens with a space between them");
            }

            lines.Add(line);
        }

        return lines;
    }
}
