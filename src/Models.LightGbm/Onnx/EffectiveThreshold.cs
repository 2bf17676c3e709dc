using BtcAgent.Models.LightGbm.Forests;

namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>
/// Computes the threshold T for which <c>x ≤ T</c> decides as LightGBM does on a dense row: <c>x ≤ T ⇔ Snap(x) ≤ t</c> for
/// every x, where Snap maps |x| ≤ 1e-35 to 0. Thresholds stay double, so that float features need no rounded thresholds.
/// </summary>
internal static class EffectiveThreshold
{
    public static double Of(double threshold) => threshold switch
    {
        // The whole band counts as 0, so a threshold within it moves to one of the band's ends.
        >= 0 and < ZeroBand.Edge => ZeroBand.Edge,
        >= -ZeroBand.Edge and < 0 => Math.BitDecrement(-ZeroBand.Edge),
        _ => threshold,
    };
}
