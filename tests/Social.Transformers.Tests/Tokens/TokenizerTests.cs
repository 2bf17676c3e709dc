using System.Globalization;
using System.Text;
using System.Text.Json;
using BtcAgent.Social.Transformers.Tokens;
using CsCheck;

namespace BtcAgent.Social.Transformers.Tests.Tokens;

/// <summary>The numbers of tokens, compared with those of Hugging Face's own program for the same vocabulary.</summary>
public sealed class TokenizerTests : IDisposable
{
    private const int Long = 10_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("btcagent-tokens").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public void Bert_AnyText_GivesTheNumbersOfTheOriginal(bool stripAccents, bool lowerCase)
    {
        using var original = Original(TinyVocabulary.BertJson(stripAccents, lowerCase));
        Same(original, Bert(stripAccents, lowerCase));
    }

    [Fact]
    public void Roberta_AnyText_GivesTheNumbersOfTheOriginal()
    {
        using var original = Original(TinyVocabulary.RobertaJson());
        Same(original, Roberta());
    }

    [Fact]
    public void Encode_LongText_IsCutBeforeTheLastToken()
    {
        var whole = Roberta().Encode(HardTexts.All[3], Long);
        Assert.Equal([.. whole[..9], whole[^1]], Roberta().Encode(HardTexts.All[3], 10));
    }

    [Fact]
    public void Roberta_EachCharacter_GivesTheNumbersOfTheOriginal()
    {
        using var original = Original(TinyVocabulary.RobertaJson());
        Assert.Empty(Differing(original, Roberta()));
    }

    /// <summary>
    /// The original's tables are those of Unicode 8: marks and punctuation of rare scripts that were added later (618 with the tables of .NET 10) are letters
    /// to it, as they were to nobody's model.
    /// </summary>
    [Fact]
    public void Bert_EachCharacter_DiffersOnlyInMarksAddedLater()
    {
        using var original = Original(TinyVocabulary.BertJson(stripAccents: true, lowerCase: true));
        var differing = Differing(original, Bert(stripAccents: true, lowerCase: true));
        Assert.InRange(differing.Count, 0, 700);
        Assert.All(differing, rune => Assert.True(Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.Format or UnicodeCategory.OtherPunctuation or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation
            or UnicodeCategory.DashPunctuation || rune.Value is 0x166D, $"{rune.Value:X4}"));
    }

    private static List<Rune> Differing(global::Tokenizers.DotNet.Tokenizer original, ITokenizer ours) =>
        [.. Enumerable.Range(0x20, 0x20000).Where(Rune.IsValid).Select(code => new Rune(code)).Where(rune => !IsSame(original, ours, $"a {rune}b a{rune} e"))];

    private static bool IsSame(global::Tokenizers.DotNet.Tokenizer original, ITokenizer ours, string text) =>
        original.Encode(text).Select(number => (int)number).SequenceEqual(ours.Encode(text, Long));

    private static BertTokenizer Bert(bool stripAccents, bool lowerCase) =>
        new(Encoding.UTF8.GetBytes(string.Join('\n', TinyVocabulary.Bert())), stripAccents, lowerCase);

    private static RobertaTokenizer Roberta()
    {
        var (vocabulary, merges) = TinyVocabulary.Roberta();
        return new RobertaTokenizer(JsonSerializer.SerializeToUtf8Bytes(vocabulary), Encoding.UTF8.GetBytes("#version: 0.2\n" + string.Join('\n', merges) + "\n"));
    }

    private global::Tokenizers.DotNet.Tokenizer Original(string json)
    {
        var path = Path.Combine(_folder, "tokenizer.json");
        File.WriteAllText(path, json);
        return new global::Tokenizers.DotNet.Tokenizer(path);
    }

    private static void Same(global::Tokenizers.DotNet.Tokenizer original, ITokenizer ours)
    {
        foreach (var text in HardTexts.All)
        {
            Compare(text);
        }

        // Parts of hard texts, joined at random.
        var runes = HardTexts.All.SelectMany(text => text.EnumerateRunes()).Where(rune => rune.Value != 0).ToArray();
        Gen.Int[0, runes.Length - 1].Select(index => runes[index]).List[0, 60].Sample(list => Compare(string.Concat(list)), iter: 2_000, threads: 1);

        void Compare(string text) => Assert.True(
            IsSame(original, ours, text),
            $"{string.Join(' ', text.EnumerateRunes().Select(rune => $"{rune.Value:X4}"))}: {string.Join(' ', original.Encode(text))} != {string.Join(' ', ours.Encode(text, Long))}");
    }
}
