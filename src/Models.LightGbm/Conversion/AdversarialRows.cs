using BtcAgent.Models.LightGbm.Forests;

namespace BtcAgent.Models.LightGbm.Conversion;

/// <summary>
/// Generates rows that expose wrong branches: values at every threshold and the adjacent floats, NaN, ±∞, zeros and the
/// edges of the zero band, denormals, categories inside and outside their sets, negative and fractional; mixed with
/// ordinary values. Half of the rows are bent towards a leaf, leaf by leaf.
/// </summary>
internal sealed class AdversarialRows
{
    private static readonly float[] Special =
    [
        float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, 1e-35f, -1e-35f,
        MathF.BitIncrement(1e-35f), MathF.BitDecrement(1e-35f),
        MathF.BitIncrement(-1e-35f), MathF.BitDecrement(-1e-35f),
        float.Epsilon, -float.Epsilon, 1e-40f, -1e-40f, float.MaxValue, float.MinValue, 1f, -1f,
    ];

    private static readonly float[] OddCategories =
    [
        float.NaN, -1f, -0.5f, -0.999f, -1.001f, 1e9f, 3e9f, 5e9f, 1e20f, float.PositiveInfinity,
        float.NegativeInfinity, 16_777_216f, 2_147_483_648f, 0f,
    ];

    private readonly Forest _forest;
    private readonly float[][] _thresholds;
    private readonly int[][] _categories;
    private readonly Random _random;
    private readonly LeafSeeker _seeker;

    public AdversarialRows(Forest forest, int seed)
    {
        _forest = forest;
        _random = new Random(seed);
        _seeker = new LeafSeeker(forest);
        var splits = forest.Trees.SelectMany(tree => tree.Splits).ToLookup(split => split.Feature);
        _thresholds = [.. Enumerable.Range(0, forest.Features).Select(feature =>
            splits[feature].Where(s => !s.IsCategorical).Select(s => (float)s.Threshold).Distinct().ToArray())];
        _categories = [.. Enumerable.Range(0, forest.Features).Select(feature =>
            splits[feature].Where(s => s.IsCategorical).SelectMany(s => s.LeftCategories()).Distinct().ToArray())];
    }

    /// <summary>Fills rows of the forest's features.</summary>
    public void Fill(Span<float> rows)
    {
        for (var start = 0; start < rows.Length; start += _forest.Features)
        {
            // Rows with few odd values reach deep nodes; rows with many test combinations of them.
            var oddity = _random.Next(4) switch { 0 => 0.1, 1 => 0.4, 2 => 0.8, _ => 1.0 };
            for (var feature = 0; feature < _forest.Features; feature++)
            {
                rows[start + feature] = Value(feature, oddity);
            }

            if (_random.Next(2) == 0)
            {
                _seeker.Bend(rows.Slice(start, _forest.Features));
            }
        }
    }

    private float Value(int feature, double oddity)
    {
        var odd = _random.NextDouble() < oddity;
        if (_categories[feature].Length > 0 && (_thresholds[feature].Length == 0 || _random.Next(2) == 0))
        {
            return Category(_categories[feature], odd);
        }

        return odd ? OddNumber(_thresholds[feature]) : Ordinary(feature);
    }

    private float OddNumber(float[] thresholds)
    {
        if (thresholds.Length == 0 || _random.Next(5) == 0)
        {
            return Special[_random.Next(Special.Length)];
        }

        var value = thresholds[_random.Next(thresholds.Length)];
        return _random.Next(5) switch
        {
            0 => MathF.BitIncrement(value),
            1 => MathF.BitDecrement(value),
            2 => value * (1 + (_random.NextSingle() - 0.5f) * 1e-5f),
            _ => value,
        };
    }

    private float Category(int[] categories, bool odd)
    {
        if (odd && _random.Next(2) == 0)
        {
            return OddCategories[_random.Next(OddCategories.Length)];
        }

        var category = categories[_random.Next(categories.Length)] + _random.Next(-1, 2);
        return odd ? category + _random.NextSingle() : category;
    }

    private float Ordinary(int feature)
    {
        var range = feature < _forest.FeatureRanges.Length ? _forest.FeatureRanges[feature] : FeatureRange.Unused;
        var (low, high) = range.IsNumerical && double.IsFinite(range.Minimum) && double.IsFinite(range.Maximum)
            ? (range.Minimum, range.Maximum)
            : (-3.0, 3.0);
        var width = high - low;
        return (float)(low - width * 0.05 + _random.NextDouble() * width * 1.1);
    }
}
