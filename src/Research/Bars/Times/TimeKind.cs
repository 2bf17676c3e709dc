namespace BtcAgent.Research.Bars.Times;

/// <summary>How a file writes its times.</summary>
internal enum TimeKind
{
    /// <summary>Seconds, ms, µs or ns since 1970 UTC; the size of each number gives its unit.</summary>
    Epoch,

    /// <summary>Digits only: <c>20210101</c>, <c>202101010930</c> or <c>20210101093000</c>.</summary>
    Digits,

    /// <summary>Days since 1899-12-30, with a fraction: how Excel stores a date.</summary>
    Excel,

    /// <summary>A date with separators, and perhaps a time of day.</summary>
    Written,

    /// <summary>A .NET pattern that the user gave.</summary>
    Pattern,
}
