using BtcAgent.Social.Text;

namespace BtcAgent.Social.Languages;

/// <summary>
/// Guesses a post's language: by script where one language is by far the most frequent there, by stop words in Latin script.
/// Small by design: it decides how far a lexicon of English words can be right, nothing else.
/// </summary>
public static class LanguageGuess
{
    /// <summary>Not known: no letters, a script of many languages, or too few words.</summary>
    public const string Unknown = "und";

    private static readonly (string Language, HashSet<string> Words)[] StopWords =
    [
        ("en", Set("the a an is are was be to of and in on for it this that with at by from will not you we they has have i'm it's but if just what all your my can no now out up")),
        ("es", Set("el la los las un una que de del y en por para con no es se lo al como pero mas esta hoy muy su ya")),
        ("fr", Set("le la les un une des du de et en est que qui pour dans sur pas ce il au avec plus vous je nous sont c'est")),
        ("de", Set("der die das ein eine und ist nicht zu den von mit auf fur im es ich sie wir auch wird dem noch aber heute")),
        ("pt", Set("o a os as um uma que de do da e em por para com nao se no na ao mais mas foi ja esta muito voce")),
        ("it", Set("il lo la gli un una che di del della e in per con non si sono al piu ma come anche oggi questo")),
        ("tr", Set("bir ve bu da de icin ile cok daha ne var yok gibi olarak ama mi en sonra bugun")),
        ("nl", Set("de het een en van is dat niet op te in voor met zijn er maar ook aan nog wordt naar deze")),
        ("id", Set("yang dan di ini itu dengan untuk dari tidak akan ke ada pada juga saya bisa sudah hari")),
        ("pl", Set("i w na z do nie to jest sie ze o jak po co za ale od juz tylko przez")),
    ];

    /// <summary>ISO 639-1 code in lower case, or <see cref="Unknown"/>. The same text always gives the same language.</summary>
    public static string Of(PostText text) => text.Scripts.Main switch
    {
        Script.Latin => Latin(text),
        Script.Han => text.Scripts[Script.Kana] > 0 ? "ja" : "zh",
        Script.Kana => "ja",
        Script.Hangul => "ko",
        Script.Cyrillic => text.Canonical.AsSpan().IndexOfAny('і', 'ї', 'є') >= 0 ? "uk" : "ru",
        Script.Arabic => text.Canonical.AsSpan().IndexOfAny('پ', 'چ', 'گ') >= 0 ? "fa" : "ar",
        Script.Hebrew => "he",
        Script.Greek => "el",
        Script.Devanagari => "hi",
        Script.Bengali => "bn",
        Script.Tamil => "ta",
        Script.Telugu => "te",
        Script.Thai => "th",
        Script.Georgian => "ka",
        Script.Armenian => "hy",
        Script.Khmer => "km",
        Script.Ethiopic => "am",
        Script.Sinhala => "si",
        Script.Kannada => "kn",
        Script.Malayalam => "ml",
        Script.Gujarati => "gu",
        Script.Gurmukhi => "pa",
        _ => Unknown,
    };

    /// <summary>The language with most stop words; at least two, or one of English and none of another. A tie is not known.</summary>
    private static string Latin(PostText text)
    {
        Span<int> hits = stackalloc int[StopWords.Length];
        hits.Clear();
        foreach (var token in text.Tokens)
        {
            if (token.Kind != TokenKind.Word)
            {
                continue;
            }

            for (var i = 0; i < StopWords.Length; i++)
            {
                hits[i] += StopWords[i].Words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text[token]) ? 1 : 0;
            }
        }

        var (best, second) = (0, -1);
        for (var i = 1; i < hits.Length; i++)
        {
            (best, second) = hits[i] > hits[best] ? (i, hits[best]) : (best, Math.Max(second, hits[i]));
        }

        second = Math.Max(second, best == 0 ? 0 : second);
        return hits[best] > second && (hits[best] >= 2 || (best == 0 && second == 0 && hits[0] == 1)) ? StopWords[best].Language : Unknown;
    }

    private static HashSet<string> Set(string words) => [.. words.Split(' ')];
}
