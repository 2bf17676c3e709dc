namespace BtcAgent.Social.Scoring;

/// <summary>The tone of a text.</summary>
/// <param name="Tone">−1 (bad for the price) … 1 (good).</param>
/// <param name="Confidence">0 (no evidence, or balanced) … 1.</param>
/// <param name="Class">Of the lexicon: neutral for tones up to <see cref="NeutralMax"/> on either side. Of a model: its most likely class.</param>
/// <param name="Terms">Of the lexicon: the terms that were found, in order. Of a model: its classes with their shares.</param>
public sealed record ToneScore(double Tone, double Confidence, ToneClass Class, IReadOnlyList<ScoredTerm> Terms)
{
    /// <summary>Greatest absolute tone of the class neutral; the threshold that VADER publishes.</summary>
    public const double NeutralMax = 0.05;

    /// <summary>The class of a tone.</summary>
    public static ToneClass ClassOf(double tone) => tone > NeutralMax ? ToneClass.Positive : tone < -NeutralMax ? ToneClass.Negative : ToneClass.Neutral;
}
