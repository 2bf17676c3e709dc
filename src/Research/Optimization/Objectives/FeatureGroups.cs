using System.Collections.Immutable;

namespace BtcAgent.Research.Optimization.Objectives;

/// <summary>Groups of features that a search turns on and off, by the names of their features.</summary>
public static class FeatureGroups
{
    private static readonly ImmutableArray<(string Group, string[] Starts)> Groups =
    [
        ("returns", ["return_"]),
        ("trend", ["ema_", "macd", "adx_", "di_balance"]),
        ("oscillators", ["rsi_", "stochastic_", "bollinger_b", "donchian_", "vwap_distance"]),
        ("volatility", ["atr_", "bollinger_width", "volume_ratio", "realized_vol_", "vol_ratio"]),
        ("calendar", ["hour_", "weekday_"]),
        ("book", ["spread_", "microprice_", "imbalance_", "queue_slope_", "ofi_"]),
        ("flow", ["tfi_", "trade_intensity_", "intensity_ratio", "vpin", "kyle_lambda", "mid_return_"]),
        ("sentiment", ["sentiment_"]),
    ];

    /// <summary>Names of the groups.</summary>
    public static ImmutableArray<string> Names { get; } = [.. Groups.Select(g => g.Group)];

    /// <summary>The group of a feature; null for a feature of none, which is always used.</summary>
    public static string? Of(string feature) =>
        Groups.Where(g => g.Starts.Any(s => IsOf(feature, s))).Select(g => g.Group).FirstOrDefault();

    /// <summary><c>bollinger_b</c> is the whole name of a feature, <c>bollinger_width</c> another's.</summary>
    private static bool IsOf(string feature, string start) =>
        start == "bollinger_b" ? feature == start : feature.StartsWith(start, StringComparison.Ordinal);
}
