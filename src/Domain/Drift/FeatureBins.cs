using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace BtcAgent.Domain.Drift;

/// <summary>
/// Distribution of one feature in the training data: bins at its quantiles, and one bin more for missing values. Bin i holds
/// the values above edge i − 1 up to edge i; the last one all above the last edge.
/// </summary>
[GenerateSerializer, Immutable, Alias("FeatureBins")]
public sealed record FeatureBins
{
    /// <summary>Bins of a reference. Values that repeat merge some.</summary>
    public const int BinsMax = 30;

    /// <summary>Upper edges of all bins but the last, ascending.</summary>
    [Id(0)] public required ImmutableArray<float> Edges { get; init; }

    /// <summary>Rows of each bin, one more than edges.</summary>
    [Id(1)] public required ImmutableArray<long> Counts { get; init; }

    /// <summary>Rows without a value.</summary>
    [Id(2)] public required long Missing { get; init; }

    /// <summary>Rows with a value.</summary>
    [JsonIgnore]
    public long Known => Counts.Sum();

    [JsonIgnore]
    public long Rows => Known + Missing;

    /// <summary>Cuts values at their quantiles 1/30, 2/30, …; NaN and infinities count as missing.</summary>
    /// <param name="values">One value a row; sorted by this call.</param>
    public static FeatureBins Of(Span<float> values)
    {
        var known = 0;
        foreach (var value in values)
        {
            if (float.IsFinite(value))
            {
                values[known++] = value;
            }
        }

        var missing = values.Length - known;
        var sorted = values[..known];
        sorted.Sort();
        var edges = ImmutableArray.CreateBuilder<float>(BinsMax - 1);
        for (var bin = 1; bin < BinsMax && known > 0; bin++)
        {
            var edge = sorted[(int)((((long)bin * known) + BinsMax - 1) / BinsMax) - 1];
            if (edge < sorted[^1] && (edges.Count == 0 || edge > edges[^1]))
            {
                edges.Add(edge);
            }
        }

        var bins = new FeatureBins { Edges = edges.ToImmutable(), Counts = [], Missing = missing };
        var counts = new long[bins.Edges.Length + 1];
        foreach (var value in sorted)
        {
            counts[bins.BinOf(value)]++;
        }

        return bins with { Counts = [.. counts] };
    }

    /// <summary>The bin of a finite value.</summary>
    public int BinOf(float value)
    {
        var found = Edges.AsSpan().BinarySearch(value);
        return found >= 0 ? found : ~found;
    }

    /// <summary>Why the bins are invalid; null when they are valid. For bins from a file.</summary>
    public string? Problem() =>
        Edges.IsDefault || Counts.IsDefault ? "edges or counts are null"
        : Edges.Length >= BinsMax || Counts.Length != Edges.Length + 1 ? $"{Edges.Length} edges and {Counts.Length} counts; up to {BinsMax - 1} edges, and one count more"
        : Missing < 0 || Counts.Any(count => count is < 0 or > 1L << 40) ? "a count is negative or above 2^40"
        : Edges.Any(edge => !float.IsFinite(edge)) || Enumerable.Range(1, Math.Max(0, Edges.Length - 1)).Any(i => Edges[i] <= Edges[i - 1]) ? "edges are not finite and ascending"
        : Rows < 1 ? "no rows"
        : null;

    public bool Equals(FeatureBins? other) => other is not null && Missing == other.Missing
        && Edges.AsSpan().SequenceEqual(other.Edges.AsSpan()) && Counts.AsSpan().SequenceEqual(other.Counts.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Missing, Edges.Length, Rows);
}
