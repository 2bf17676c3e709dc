using System.Collections.Immutable;
using System.Globalization;

namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>Reads feature_infos: <c>none</c>, <c>[min:max]</c> or categories as <c>2:0:1</c>.</summary>
internal static class FeatureInfos
{
    public static ImmutableArray<FeatureRange> Parse(ModelFields header, int features)
    {
        if (!header.Has("feature_infos"))
        {
            return [];
        }

        var words = header.Words("feature_infos");
        return words.Length == features
            ? [.. words.Select(word => Parse(word) ?? throw header.Error("feature_infos", $"'{word}' is not a range"))]
            : throw header.Error("feature_infos", $"has {words.Length} ranges for {features} features");
    }

    private static FeatureRange? Parse(string word)
    {
        if (word == "none")
        {
            return FeatureRange.Unused;
        }

        var parts = word.Trim('[', ']').Split(':');
        if (word[0] == '[')
        {
            return parts.Length == 2 && word[^1] == ']'
                && Number(parts[0]) is { } minimum && Number(parts[1]) is { } maximum && minimum <= maximum
                    ? new FeatureRange(minimum, maximum, default)
                    : null;
        }

        var categories = ImmutableArray.CreateBuilder<int>(parts.Length);
        foreach (var part in parts)
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var category))
            {
                return null;
            }

            categories.Add(category);
        }

        return new FeatureRange(double.NaN, double.NaN, categories.MoveToImmutable());
    }

    private static double? Number(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && !double.IsNaN(value) ? value : null,
    };
}
