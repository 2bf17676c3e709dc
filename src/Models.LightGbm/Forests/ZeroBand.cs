namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>
/// The values that LightGBM reads as 0: |x| ≤ 1e-35f (its kZeroThreshold); it drops them from dense rows before any
/// tree sees them.
/// </summary>
internal static class ZeroBand
{
    /// <summary>Greatest value of the band: the double value of the float nearest to 1e-35.</summary>
    public const double Edge = 1e-35f;

    public static double Snap(double value) => Math.Abs(value) <= Edge ? 0.0 : value;
}
