using System.Globalization;

namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>The objective line of a model.</summary>
/// <param name="Text">As written by LightGBM, such as <c>binary sigmoid:1</c>; empty for a custom objective.</param>
/// <param name="Name">First word, such as <c>binary</c>; <c>custom</c> when there is none.</param>
/// <param name="Transform">Maps the raw score to the prediction.</param>
/// <param name="Sigmoid">Slope of <see cref="OutputTransform.Sigmoid"/>, above 0; 1 otherwise.</param>
public sealed record Objective(string Text, string Name, OutputTransform Transform, double Sigmoid)
{
    /// <summary>A custom objective: raw scores are the predictions.</summary>
    public static Objective Custom { get; } = new("", "custom", OutputTransform.Identity, 1);

    internal static Objective Parse(string text, int classes, int line)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0] is "custom" or "none")
        {
            return Custom with { Text = text };
        }

        var transform = Parse(words, line);
        var sigmoid = 1.0;
        foreach (var word in words.AsSpan(1))
        {
            if (word.StartsWith("sigmoid:", StringComparison.Ordinal))
            {
                sigmoid = Slope(word["sigmoid:".Length..], line);
            }
            else if (word.StartsWith("num_class:", StringComparison.Ordinal)
                && word["num_class:".Length..] != classes.ToString(CultureInfo.InvariantCulture))
            {
                throw new ModelFormatException($"objective says {word}, but num_class={classes}", line);
            }
        }

        return new Objective(text, words[0], transform, transform == OutputTransform.Sigmoid ? sigmoid : 1);
    }

    /// <summary>Determines the transform of a complete model.</summary>
    /// <remarks>
    /// Leaves of random forests in the v2 text (LightGBM 2.0–2.2) are predictions already. Later v2 writers stored raw
    /// leaves, which are recognised by values outside the prediction's range.
    /// </remarks>
    internal OutputTransform TransformOf(string version, bool averagesOutput, IEnumerable<Tree> trees)
    {
        var leaves = trees.SelectMany(tree => tree.LeafValues);
        var leavesArePredictions = averagesOutput && version == "v2" && Transform switch
        {
            OutputTransform.Sigmoid or OutputTransform.Softmax => leaves.All(value => value is >= 0 and <= 1),
            OutputTransform.Exponential or OutputTransform.SoftPlus => leaves.All(value => value >= 0),
            _ => false,
        };
        return leavesArePredictions ? OutputTransform.Identity : Transform;
    }

    private static OutputTransform Parse(string[] words, int line) => words[0] switch
    {
        "binary" or "multiclassova" or "cross_entropy" or "xentropy" => OutputTransform.Sigmoid,
        "multiclass" => OutputTransform.Softmax,
        "poisson" or "gamma" or "tweedie" => OutputTransform.Exponential,
        "cross_entropy_lambda" or "xentlambda" => OutputTransform.SoftPlus,
        "regression" or "regression_l2" or "regression_l1" or "huber" or "fair" or "quantile" or "mape" =>
            words.Contains("sqrt") ? OutputTransform.SignedSquare : OutputTransform.Identity,
        "lambdarank" or "rank_xendcg" => OutputTransform.Identity,
        _ => throw new ModelFormatException(
            $"objective '{words[0]}' is not known; train with one of LightGBM 4's objectives", line),
    };

    private static double Slope(string text, int line) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && value > 0 && double.IsFinite(value)
            ? value
            : throw new ModelFormatException($"sigmoid:{text} is not a number over 0", line);
}
