using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BtcAgent.Social.Transformers.Tests.Tokens;

/// <summary>Small vocabularies in the files of Hugging Face models, learned from <see cref="HardTexts"/>.</summary>
internal static class TinyVocabulary
{
    private static readonly string[] Words = ["bitcoin", "is", "rising", "btc", "moon", "cafe", "uber", "naive", "istanbul", "quoted", "example", "com", "https", "stra", "fall", "good", "bad"];

    /// <summary>Lines of <c>vocab.txt</c>: special tokens, letters as words and as ends of words, some words.</summary>
    public static string[] Bert()
    {
        var letters = HardTexts.All.SelectMany(text => text.EnumerateRunes())
            .SelectMany(rune => new[] { rune, Rune.ToLowerInvariant(rune) })
            .Where(rune => !Rune.IsWhiteSpace(rune) && rune.Value != Rune.ReplacementChar.Value)
            .Where(rune => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse))
            .Concat(Enumerable.Range(0x1100, 0x100).Select(jamo => new Rune(jamo)))
            .Concat("оиеаαυσινΙIiз豈丽更車".EnumerateRunes())
            .Select(rune => rune.ToString())
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Where((_, index) => index % 7 != 3) // Some letters are unknown.
            .ToArray();
        return
        [
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]",
            .. letters,
            .. letters.Select(letter => "##" + letter),
            .. Words.Where(word => word.Length > 1),
            "##ing", "##coin", "bit", "ris", "##'t",
        ];
    }

    /// <summary>What Hugging Face's <c>tokenizer.json</c> says of the same vocabulary.</summary>
    public static string BertJson(bool stripAccents, bool lowerCase)
    {
        var vocabulary = new JsonObject();
        foreach (var (number, token) in Bert().Index())
        {
            vocabulary.Add(token, number);
        }

        return new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray(),
            ["normalizer"] = new JsonObject
            {
                ["type"] = "BertNormalizer",
                ["clean_text"] = true,
                ["handle_chinese_chars"] = true,
                ["strip_accents"] = stripAccents,
                ["lowercase"] = lowerCase,
            },
            ["pre_tokenizer"] = new JsonObject { ["type"] = "BertPreTokenizer" },
            ["post_processor"] = new JsonObject
            {
                ["type"] = "BertProcessing",
                ["sep"] = new JsonArray("[SEP]", 3),
                ["cls"] = new JsonArray("[CLS]", 2),
            },
            ["decoder"] = null,
            ["model"] = new JsonObject
            {
                ["type"] = "WordPiece",
                ["unk_token"] = "[UNK]",
                ["continuing_subword_prefix"] = "##",
                ["max_input_chars_per_word"] = 100,
                ["vocab"] = vocabulary,
            },
        }.ToJsonString();
    }

    /// <summary>All bytes, and the most frequent pairs of the texts.</summary>
    public static (Dictionary<string, int> Vocabulary, List<string> Merges) Roberta()
    {
        var vocabulary = new Dictionary<string, int>(StringComparer.Ordinal) { ["<s>"] = 0, ["<pad>"] = 1, ["</s>"] = 2, ["<unk>"] = 3 };
        var letters = ByteLetters();
        foreach (var letter in letters)
        {
            vocabulary.Add(letter.ToString(), vocabulary.Count);
        }

        var words = HardTexts.All.SelectMany(text => text.Split(' '))
            .SelectMany(word => new[] { word, " " + word })
            .Where(word => word.Length > 0)
            .Select(word => Encoding.UTF8.GetBytes(word).Select(value => letters[value].ToString()).ToList())
            .ToList();
        var merges = new List<string>();
        for (var step = 0; step < 300; step++)
        {
            var best = words.SelectMany(word => word.Zip(word.Skip(1))).GroupBy(pair => pair)
                .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.First, StringComparer.Ordinal).ThenBy(group => group.Key.Second, StringComparer.Ordinal)
                .Select(group => group.Key).First();
            merges.Add($"{best.First} {best.Second}");
            vocabulary.TryAdd(best.First + best.Second, vocabulary.Count);
            foreach (var word in words)
            {
                for (var i = 0; i + 1 < word.Count; i++)
                {
                    if ((word[i], word[i + 1]) == best)
                    {
                        word[i] += word[i + 1];
                        word.RemoveAt(i + 1);
                    }
                }
            }
        }

        return (vocabulary, merges);
    }

    public static string RobertaJson()
    {
        var (vocabulary, merges) = Roberta();
        return new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray(),
            ["normalizer"] = null,
            ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = true },
            ["post_processor"] = new JsonObject
            {
                ["type"] = "RobertaProcessing",
                ["sep"] = new JsonArray("</s>", 2),
                ["cls"] = new JsonArray("<s>", 0),
                ["trim_offsets"] = true,
                ["add_prefix_space"] = false,
            },
            ["decoder"] = null,
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["unk_token"] = null,
                ["continuing_subword_prefix"] = "",
                ["end_of_word_suffix"] = "",
                ["fuse_unk"] = false,
                ["vocab"] = JsonSerializer.SerializeToNode(vocabulary),
                ["merges"] = JsonSerializer.SerializeToNode(merges),
            },
        }.ToJsonString();
    }

    /// <summary>The letter of each byte (Radford and others 2019): printable ones are themselves, the others follow from U+0100.</summary>
    private static char[] ByteLetters()
    {
        var letters = new char[256];
        var next = 256;
        for (var value = 0; value < 256; value++)
        {
            letters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)value : (char)next++;
        }

        return letters;
    }
}
