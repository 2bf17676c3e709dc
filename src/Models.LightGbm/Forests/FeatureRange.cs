using System.Collections.Immutable;

namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>Range or categories of a feature in the training data. Source: feature_infos.</summary>
/// <param name="Minimum">NaN unless numerical.</param>
/// <param name="Maximum">NaN unless numerical.</param>
/// <param name="Categories">Default unless categorical; as written by LightGBM, -1 for missing.</param>
public readonly record struct FeatureRange(double Minimum, double Maximum, ImmutableArray<int> Categories)
{
    /// <summary>A feature that training did not use: constant, or filtered out.</summary>
    public static FeatureRange Unused { get; } = new(double.NaN, double.NaN, default);

    public bool IsCategorical => !Categories.IsDefault;

    public bool IsNumerical => !double.IsNaN(Minimum);
}
