using Microsoft.ML.Tokenizers;

namespace BtcAgent.Social.Transformers.Tokens;

/// <summary>WordPiece, as of BERT and FinBERT.</summary>
internal sealed class BertTokenizer : ITokenizer
{
    private const string Unknown = "[UNK]";
    private const string First = "[CLS]";
    private const string Last = "[SEP]";

    /// <summary>Characters of the longest word that has pieces; a longer one is unknown.</summary>
    private const int WordMax = 100;

    private readonly WordPieceTokenizer _pieces;
    private readonly int _first;
    private readonly int _last;
    private readonly bool _stripAccents;
    private readonly bool _lowerCase;

    /// <param name="vocabulary">The lines of <c>vocab.txt</c>: the token of each number.</param>
    /// <param name="stripAccents">Whether the model was trained on text without accents.</param>
    /// <param name="lowerCase">Whether the model was trained on lower-case text.</param>
    /// <exception cref="InvalidDataException">A token that every model needs is missing.</exception>
    public BertTokenizer(byte[] vocabulary, bool stripAccents, bool lowerCase)
    {
        (_stripAccents, _lowerCase) = (stripAccents, lowerCase);
        var numbers = VocabularyLines.Read(vocabulary);
        Number(Unknown);
        (_first, _last) = (Number(First), Number(Last));
        using var stream = new MemoryStream(vocabulary);
        _pieces = WordPieceTokenizer.Create(stream, new WordPieceOptions { PreTokenizer = new BertWords(), UnknownToken = Unknown, MaxInputCharsPerWord = WordMax });

        int Number(string token) => numbers.TryGetValue(token, out var number)
            ? number
            : throw new InvalidDataException($"vocab.txt has no line {token}: it is not the vocabulary of a BERT model");
    }

    public int[] Encode(string text, int max) =>
        TokenFrame.Of(_pieces.EncodeToIds(BertText.Normalize(text, _stripAccents, _lowerCase)), _first, _last, max);
}
