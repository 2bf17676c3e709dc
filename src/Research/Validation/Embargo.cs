using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Validation;

/// <summary>Time between test and training rows that is not used, since markets remember longer than labels last.</summary>
public static class Embargo
{
    /// <param name="rows">Rows whose total time span counts as one.</param>
    /// <param name="share">0…0.5; López de Prado 2018, ch. 7.4.2, suggests 0.01.</param>
    public static TimeSpan OfShare(FeatureDataset rows, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 0.5);
        return rows.Rows == 0 ? TimeSpan.Zero : (rows.Times[^1] - rows.Times[0]) * share;
    }
}
