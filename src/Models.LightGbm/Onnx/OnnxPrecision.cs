namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>
/// Number type of a converted model's features. Trees and scores are double in both, so that scores stay within 1e-12
/// of LightGBM's: float sums of 100 leaves would be good to 3e-6 only, and are hardly faster.
/// </summary>
public enum OnnxPrecision : byte
{
    /// <summary>Features are float, as served.</summary>
    Single = 0,

    /// <summary>Features are double, as LightGBM's own rows.</summary>
    Double = 1,
}
