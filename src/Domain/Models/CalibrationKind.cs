namespace BtcAgent.Domain.Models;

public enum CalibrationKind : byte
{
    /// <summary>No calibration: the raw probability is used.</summary>
    None = 0,

    /// <summary>Interpolates linearly between points; constant outside them.</summary>
    Isotonic = 1,

    /// <summary>1 / (1 + exp(A·raw + B)).</summary>
    Platt = 2,
}
