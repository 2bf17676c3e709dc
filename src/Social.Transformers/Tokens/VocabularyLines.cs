namespace BtcAgent.Social.Transformers.Tokens;

/// <summary>A vocabulary with a token in each line; its number is that of the line, from 0.</summary>
internal static class VocabularyLines
{
    /// <exception cref="InvalidDataException">A token is there twice.</exception>
    public static Dictionary<string, int> Read(byte[] vocabulary)
    {
        using var reader = new StreamReader(new MemoryStream(vocabulary));
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (!numbers.TryAdd(line, numbers.Count))
            {
                throw new InvalidDataException($"vocab.txt, line {numbers.Count + 1}: a token for the second time; the numbers of all later tokens would be wrong");
            }
        }

        return numbers;
    }
}
