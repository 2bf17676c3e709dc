using System.Collections.Immutable;

namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>A LightGBM model as parsed from its text. Immutable, validated and thread-safe.</summary>
public sealed class Forest
{
    internal Forest()
    {
    }

    /// <summary>Format of the text: <c>v2</c>, <c>v3</c> or <c>v4</c>.</summary>
    public required string Version { get; init; }

    public required Objective Objective { get; init; }

    /// <summary>Raw scores per row: 1, or the number of classes.</summary>
    public required int Outputs { get; init; }

    public required ImmutableArray<string> FeatureNames { get; init; }

    /// <summary>One per feature; empty when the text contains none.</summary>
    public required ImmutableArray<FeatureRange> FeatureRanges { get; init; }

    /// <summary>Tree i adds to raw score i % <see cref="Outputs"/>.</summary>
    public required ImmutableArray<Tree> Trees { get; init; }

    /// <summary>True for a random forest: predictions use the raw score divided by the number of iterations.</summary>
    public required bool AveragesOutput { get; init; }

    /// <summary>SHA-256 of the text in UTF-8, lower-case hexadecimal.</summary>
    public required string TextHash { get; init; }

    public int Features => FeatureNames.Length;

    public int Iterations => Trees.Length / Outputs;

    /// <summary>Maps scores to predictions, after averaging.</summary>
    public required OutputTransform Transform { get; init; }

    /// <exception cref="ModelFormatException">Not a model text of v2 to v4, damaged, or with linear trees.</exception>
    public static Forest Parse(ReadOnlySpan<char> text) => Parse(text.ToString());

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    public static Forest Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ForestParser(text).Parse();
    }
}
