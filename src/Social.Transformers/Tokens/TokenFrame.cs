namespace BtcAgent.Social.Transformers.Tokens;

/// <summary>Puts a text's tokens between the first and the last token of a model.</summary>
internal static class TokenFrame
{
    public static int[] Of(IReadOnlyList<int> tokens, int first, int last, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 3);
        var count = Math.Min(tokens.Count, max - 2);
        var framed = new int[count + 2];
        framed[0] = first;
        for (var i = 0; i < count; i++)
        {
            framed[i + 1] = tokens[i];
        }

        framed[^1] = last;
        return framed;
    }
}
