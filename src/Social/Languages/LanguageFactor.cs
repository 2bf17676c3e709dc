using BtcAgent.Social.Weights;

namespace BtcAgent.Social.Languages;

/// <summary>
/// How far the lexicon, which is English, can read a post: 1 for English, 0.5 for a language that is not known (short posts,
/// tickers), 0.1 for any other.
/// </summary>
public static class LanguageFactor
{
    /// <param name="language">As <see cref="LanguageGuess.Of"/> returns it.</param>
    public static WeightFactor Of(string language) => new(
        "language",
        language switch { "en" => 1, LanguageGuess.Unknown => 0.5, _ => 0.1 },
        language);
}
