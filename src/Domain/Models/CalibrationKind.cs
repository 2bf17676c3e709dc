namespace BtcAgent.Domain.Models;

public enum CalibrationKind : byte
{
    /// <summary>The raw probability stands.</summary>
    None = 0,

    /// <summary>Straight lines between points; the first and last value beyond them.</summary>
    Isotonic = 1,

    /// <summary>1 / (1 + exp(A·raw + B)).</summary>
    Platt = 2,
}
