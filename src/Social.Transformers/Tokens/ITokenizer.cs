namespace BtcAgent.Social.Transformers.Tokens;

/// <summary>Turns texts into the numbers that a model has learned. Safe for several threads.</summary>
internal interface ITokenizer
{
    /// <summary>The tokens of a text, between the model's first and last token; the end of a longer text is left out.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="max">Most tokens, with first and last one; 3 or more.</param>
    int[] Encode(string text, int max);
}
