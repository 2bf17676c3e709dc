using System.ComponentModel.DataAnnotations;

namespace BtcAgent.Models.LightGbm.Conversion;

/// <summary>Rows, seed and tolerance of a conversion check.</summary>
public sealed record ConversionCheckOptions
{
    /// <summary>Adversarial rows. Default: 20,000.</summary>
    [Range(1_000, 10_000_000)]
    public int Rows { get; init; } = 20_000;

    /// <summary>Seed of the rows: the same seed and forest give the same rows. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Largest allowed difference of a score, relative to the greater of the reference's score and the largest leaf that
    /// adds to it. Default: 1e-6.
    /// </summary>
    [Range(0.0, 1.0)]
    public double MaxRelativeDifference { get; init; } = 1e-6;
}
