using System.Collections.Immutable;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Leakage;

/// <summary>
/// Builds the dataset again from truncated pasts: every row of a past must equal the same row of the complete dataset bit
/// for bit, and the row at the cut must exist. A difference proves that a value has seen the future.
/// </summary>
public static class LookAheadAudit
{
    private const int MaxReported = 100;

    /// <param name="whole">The dataset to audit.</param>
    /// <param name="rows">Rows at which to cut; see <see cref="ChooseRows"/>. Each costs one build.</param>
    /// <param name="fromPast">
    /// Builds from only those inputs that existed at the instant: bars closed at or before it, events before it.
    /// </param>
    /// <param name="progress">Receives the number of cuts done.</param>
    /// <returns>Up to 100 differences; empty when nothing looks ahead.</returns>
    public static ImmutableArray<LookAheadDifference> Run(
        FeatureDataset whole, IEnumerable<int> rows, Func<Timestamp, FeatureDataset> fromPast, IProgress<int>? progress = null)
    {
        var differences = ImmutableArray.CreateBuilder<LookAheadDifference>();
        var done = 0;
        foreach (var cut in rows)
        {
            var until = whole.Times[cut];
            var past = fromPast(until);
            if (past.SchemaHash != whole.SchemaHash || !past.Features.SequenceEqual(whole.Features))
            {
                throw new ArgumentException("the dataset from the past has other features", nameof(fromPast));
            }

            Compare(whole, past, cut, until, differences);
            progress?.Report(++done);
        }

        return differences.ToImmutable();
    }

    /// <summary>Chooses rows spread over the dataset, including the last; the same seed gives the same rows.</summary>
    public static int[] ChooseRows(FeatureDataset dataset, int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var random = new Random(seed);
        var chosen = new SortedSet<int>();
        for (var i = 0; i < count && dataset.Rows > 0; i++)
        {
            var (from, to) = ((int)((long)dataset.Rows * i / count), (int)((long)dataset.Rows * (i + 1) / count));
            chosen.Add(i == count - 1 ? dataset.Rows - 1 : random.Next(from, Math.Max(from + 1, to)));
        }

        return [.. chosen];
    }

    private static void Compare(
        FeatureDataset whole, FeatureDataset past, int cut, Timestamp until, ImmutableArray<LookAheadDifference>.Builder found)
    {
        for (var row = 0; row <= cut && found.Count < MaxReported; row++)
        {
            if (row >= past.Rows || past.Times[row] != whole.Times[row])
            {
                found.Add(new(whole.Times[row], "row", row, row < past.Rows ? row : double.NaN, until));
                return;
            }

            if (!past.Prices[row].Equals(whole.Prices[row]))
            {
                found.Add(new(whole.Times[row], "price", whole.Prices[row], past.Prices[row], until));
            }

            var expected = whole.Row(row);
            var actual = past.Row(row);
            for (var i = 0; i < expected.Length && found.Count < MaxReported; i++)
            {
                if (!SameBits(expected[i], actual[i]))
                {
                    found.Add(new(whole.Times[row], whole.Features[i], expected[i], actual[i], until));
                }
            }
        }
    }

    private static bool SameBits(float a, float b) =>
        BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b) || (float.IsNaN(a) && float.IsNaN(b));
}
