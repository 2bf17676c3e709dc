namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>What a numerical split takes for a missing value. Source: bits 2–3 of LightGBM's decision_type.</summary>
public enum MissingType : byte
{
    /// <summary>Nothing: NaN is read as 0 and compared.</summary>
    None = 0,

    /// <summary>NaN and |x| ≤ 1e-35: both take the default direction.</summary>
    Zero = 1,

    /// <summary>NaN takes the default direction.</summary>
    NaN = 2,
}
