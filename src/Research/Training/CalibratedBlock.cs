using BtcAgent.Research.Validation;

namespace BtcAgent.Research.Training;

/// <summary>Rows on which entries are tried, with a calibration that was not fitted on them.</summary>
/// <param name="Rows">Rows of the dataset.</param>
/// <param name="Probabilities">Theirs, one per row; NaN where there is none.</param>
/// <param name="Thresholds">Entry confidence of each candidate share under the same calibration; null for a constant one.
/// </param>
internal sealed record CalibratedBlock(RowRange Rows, double[] Probabilities, double[]? Thresholds)
{
    /// <param name="rows">Rows of the block.</param>
    /// <param name="probabilities">Of the block's rows.</param>
    /// <param name="all">Of all rows by the same calibration, from which the thresholds are taken.</param>
    public static CalibratedBlock Of(RowRange rows, double[] probabilities, double[] all) =>
        new(rows, probabilities, EntryChoice.Thresholds(all));
}
