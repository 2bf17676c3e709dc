using BtcAgent.Models.LightGbm.Forests;

namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>
/// The threshold T for which <c>x ≤ T</c> decides as LightGBM does on a double row: for every x of the served type,
/// <c>x ≤ T ⇔ Snap(x) ≤ t</c>, where Snap makes 0 of |x| ≤ 1e-35.
/// </summary>
internal static class EffectiveThreshold
{
    public static double Of(double threshold, bool toFloat) => threshold switch
    {
        // All of the band is 0, so a threshold within it lies at the band's end: before it or after it.
        >= 0 and < ZeroBand.Edge => ZeroBand.Edge,
        >= -ZeroBand.Edge and < 0 => toFloat
            ? MathF.BitDecrement((float)-ZeroBand.Edge)
            : Math.BitDecrement(-ZeroBand.Edge),
        _ => toFloat ? RoundDown(threshold) : threshold,
    };

    /// <summary>The greatest float that is not over the value; -∞ below all floats.</summary>
    private static float RoundDown(double value)
    {
        var nearest = (float)value;
        return nearest > value ? MathF.BitDecrement(nearest) : nearest;
    }
}
