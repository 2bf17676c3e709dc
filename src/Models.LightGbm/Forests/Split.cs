using System.Collections.Immutable;

namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>An inner node of a tree. A child ≥ 0 is a split, a child below 0 is the leaf numbered ~child.</summary>
public readonly record struct Split
{
    /// <summary>Position of the feature in the model's input, from 0.</summary>
    public required int Feature { get; init; }

    /// <summary>A numerical split goes left when x ≤ threshold, which may be ±∞; unused by categorical splits.</summary>
    public double Threshold { get; init; }

    /// <summary>
    /// A set bit c (bit c % 32 of word c / 32) sends category c to the left; default for numerical splits.
    /// </summary>
    public ImmutableArray<uint> Categories { get; init; }

    public bool IsCategorical => !Categories.IsDefault;

    /// <summary>Direction in which a numerical split sends missing values.</summary>
    public bool DefaultLeft { get; init; }

    public MissingType Missing { get; init; }

    public required int Left { get; init; }

    public required int Right { get; init; }

    /// <summary>The child for a value, as native LightGBM decides on its dense rows.</summary>
    /// <param name="value">Any double, including NaN and ±∞; |x| ≤ 1e-35 counts as 0.</param>
    public int Next(double value) =>
        (IsCategorical ? ContainsCategory(value) : GoesLeft(ZeroBand.Snap(value))) ? Left : Right;

    /// <summary>The categories that go left, ascending.</summary>
    public IEnumerable<int> LeftCategories()
    {
        for (var word = 0; word < Categories.Length; word++)
        {
            for (var bit = 0; bit < 32; bit++)
            {
                if ((Categories[word] >> bit & 1) != 0)
                {
                    yield return word * 32 + bit;
                }
            }
        }
    }

    private bool GoesLeft(double value)
    {
        if (double.IsNaN(value))
        {
            if (Missing != MissingType.None)
            {
                return DefaultLeft;
            }

            value = 0;
        }
        else if (Missing == MissingType.Zero && value == 0)
        {
            return DefaultLeft;
        }

        return value <= Threshold;
    }

    // The category is the value truncated towards zero, so that -0.5 is category 0; values outside int go right.
    private bool ContainsCategory(double value)
    {
        if (!(value > -1 && value < 2147483648.0))
        {
            return false;
        }

        var category = (int)value;
        return category >> 5 < Categories.Length && (Categories[category >> 5] >> (category & 31) & 1) != 0;
    }
}
