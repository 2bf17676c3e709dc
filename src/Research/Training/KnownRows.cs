using System.Collections.Immutable;
using BtcAgent.Research.Datasets;
using NativeRange = BtcAgent.Models.LightGbm.Native.RowRange;

namespace BtcAgent.Research.Training;

/// <summary>Rows for training: their label is known and is up or down.</summary>
/// <param name="Ranges">Runs of such rows, in order; not empty.</param>
/// <param name="Targets">1 up, 0 down; one per row.</param>
internal sealed record KnownRows(ImmutableArray<NativeRange> Ranges, float[] Targets)
{
    public int First => Ranges[0].First;

    public int Last => Ranges[^1].First + Ranges[^1].Count - 1;

    public int Count => Targets.Length;

    public IEnumerable<int> Indices => Ranges.SelectMany(r => Enumerable.Range(r.First, r.Count));

    /// <param name="labels">Outcomes of all rows.</param>
    /// <param name="from">First row.</param>
    /// <param name="to">Row after the last.</param>
    /// <param name="every">Takes the rows whose number is a multiple of this, at least 1.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static KnownRows Of(LabelSet labels, int from, int to, int every = 1)
    {
        var ranges = ImmutableArray.CreateBuilder<NativeRange>();
        var targets = new List<float>(Math.Max(0, to - from) / every);
        var start = -1;
        for (var row = from; row <= to; row++)
        {
            var target = 0f;
            if (row < to && row % every == 0 && labels.TryGetTarget(row, out target))
            {
                start = start < 0 ? row : start;
                targets.Add(target);
            }
            else if (start >= 0)
            {
                ranges.Add(new NativeRange(start, row - start));
                start = -1;
            }
        }

        return targets.Count == 0
            ? throw new ArgumentException($"none of the rows {from}…{to - 1} has a label that is up or down")
            : new KnownRows(ranges.ToImmutable(), [.. targets]);
    }
}
