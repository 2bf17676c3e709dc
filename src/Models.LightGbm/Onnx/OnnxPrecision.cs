namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>
/// Number type of a converted model's features. Trees and scores are double in both cases, so that scores stay within 1e-12
/// of LightGBM's: float sums of 100 leaves would be accurate to 3e-6 only, and hardly faster.
/// </summary>
public enum OnnxPrecision : byte
{
    /// <summary>Float features, as the agent serves them.</summary>
    Single = 0,

    /// <summary>Double features, as in LightGBM's rows.</summary>
    Double = 1,
}
