namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>Number types of a converted model.</summary>
public enum OnnxPrecision : byte
{
    /// <summary>float in, float trees, float out: scores within about 1e-6 relative of LightGBM's.</summary>
    Single = 0,

    /// <summary>float in, double trees, double out: the same features as Single, scores within 1e-12.</summary>
    Mixed = 1,

    /// <summary>double throughout: scores within 1e-12 for any double row.</summary>
    Double = 2,
}
