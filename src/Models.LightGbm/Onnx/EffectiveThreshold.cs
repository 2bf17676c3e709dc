using BtcAgent.Models.LightGbm.Forests;

namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>
/// The threshold T for which <c>x ≤ T</c> decides as LightGBM does on a dense row: <c>x ≤ T ⇔ Snap(x) ≤ t</c> for every
/// x, where Snap makes 0 of |x| ≤ 1e-35. Thresholds stay double, so that float features need no rounding of them.
/// </summary>
internal static class EffectiveThreshold
{
    public static double Of(double threshold) => threshold switch
    {
        // All of the band is 0, so a threshold within it lies at the band's end: before it or after it.
        >= 0 and < ZeroBand.Edge => ZeroBand.Edge,
        >= -ZeroBand.Edge and < 0 => Math.BitDecrement(-ZeroBand.Edge),
        _ => threshold,
    };
}
