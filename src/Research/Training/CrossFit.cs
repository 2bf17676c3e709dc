using BtcAgent.Domain.Models;
using BtcAgent.Research.Datasets;
using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Training;

/// <summary>
/// Calibrates each block of rows with a curve fitted on the other blocks, so that what is chosen by these probabilities is not
/// chosen on the rows that fitted them. A curve's offset is the base rate of its rows, which is their trend: on the same rows, a
/// policy that is always in the market on the side of that offset cannot lose. Rows whose labels overlap the block are left out.
/// Sources: cross-fitting, Chernozhukov and others 2018; purging, López de Prado 2018, ch. 7.4.
/// </summary>
internal static class CrossFit
{
    /// <summary>Each curve is fitted on four fifths of the rows, so that it is nearly that of all of them.</summary>
    private const int Blocks = 5;

    /// <param name="rows">Rows of the scores.</param>
    /// <param name="raw">Raw scores, one per row of <paramref name="rows"/>.</param>
    /// <param name="labels">Outcomes of all rows.</param>
    /// <param name="purging">Finds rows whose labels overlap.</param>
    /// <param name="calibrate">Fits a curve to scores and outcomes.</param>
    /// <returns>In order; without a block for which no other row has a known label.</returns>
    public static IReadOnlyList<CalibratedBlock> Of(
        RowRange rows, double[] raw, LabelSet labels, Purging purging, Func<double[], bool[], CalibrationCurve> calibrate)
    {
        var blocks = new List<CalibratedBlock>(Blocks);
        for (var i = 0; i < Blocks; i++)
        {
            var block = new RowRange(Edge(i), Edge(i + 1));
            if (block.Count == 0)
            {
                continue;
            }

            var (scores, outcomes) = (new List<double>(), new List<bool>());
            Collect(rows.From, purging.EndOfTrainBefore(block, TimeSpan.Zero));
            Collect(purging.StartOfTrainAfter(block), rows.To);
            if (scores.Count > 0)
            {
                double[] all = [.. raw.Select(calibrate([.. scores], [.. outcomes]).Apply)];
                blocks.Add(CalibratedBlock.Of(block, all[(block.From - rows.From)..(block.To - rows.From)], all));
            }

            void Collect(int from, int to)
            {
                for (var row = from; row < to; row++)
                {
                    if (labels.TryGetTarget(row, out var target))
                    {
                        scores.Add(raw[row - rows.From]);
                        outcomes.Add(target > 0.5f);
                    }
                }
            }
        }

        return blocks;

        int Edge(int block) => rows.From + (int)((long)rows.Count * block / Blocks);
    }
}
