namespace BtcAgent.Models.LightGbm.Forests;

/// <summary>Which values a numerical split treats as missing. Source: bits 2–3 of LightGBM's decision_type.</summary>
public enum MissingType : byte
{
    /// <summary>None: NaN is compared as 0.</summary>
    None = 0,

    /// <summary>NaN and |x| ≤ 1e-35: both take the default direction.</summary>
    Zero = 1,

    /// <summary>NaN takes the default direction.</summary>
    NaN = 2,
}
