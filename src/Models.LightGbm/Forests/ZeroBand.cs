namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>
/// The values that LightGBM treats as 0: |x| ≤ 1e-35f (its kZeroThreshold). It drops them from dense rows before a tree
/// reads the rows.
/// </summary>
internal static class ZeroBand
{
    /// <summary>Largest value of the band: the double value of the float nearest to 1e-35.</summary>
    public const double Edge = 1e-35f;

    public static double Snap(double value) => Math.Abs(value) <= Edge ? 0.0 : value;
}
