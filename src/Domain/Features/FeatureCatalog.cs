using System.Collections.Immutable;

namespace BtcAgent.Domain.Features;

/// <summary>
/// The features of the schema, in order. <see cref="FeatureEngine"/> writes its values in the same order; a changed formula is a
/// new version. Version 1, whose sentiment was always unknown, and version 2, without economic releases, remain for the replay of decisions that were
/// made with them.
/// </summary>
internal static class FeatureCatalog
{
    public const int Version = 3;

    /// <summary>The versions whose samples can be computed again.</summary>
    public static readonly ImmutableArray<int> Versions = [1, 2, Version];

    private const string Cont = "Cont, Kukanov, Stoikov 2014";
    private const string Own = "own";
    private const string Wilder = "Wilder 1978";

    public static readonly ImmutableArray<FeatureDefinition> All =
    [
        Micro("spread_bps", "bps", "(ask − bid) / mid", Own),
        Micro("microprice_bps", "bps", "((bid·askQty + ask·bidQty)/(bidQty + askQty) − mid) / mid", "Stoikov 2018"),
        Micro("imbalance_1", "−1…1", "(B − A)/(B + A), quantities of the best level", "Cao, Hansch, Wang 2009"),
        Micro("imbalance_5", "−1…1", "as imbalance_1 over 5 levels a side", "Cao, Hansch, Wang 2009"),
        Micro("imbalance_10", "−1…1", "as imbalance_1 over 10 levels a side", "Cao, Hansch, Wang 2009"),
        Micro("queue_slope_bid", "bps", "quantity-weighted distance of 10 bid levels from mid", "Næs, Skjeltorp 2006"),
        Micro("queue_slope_ask", "bps", "quantity-weighted distance of 10 ask levels from mid", "Næs, Skjeltorp 2006"),
        Micro("queue_slope_skew", "−1…1", "(ask − bid)/(ask + bid) of the two slopes", "Næs, Skjeltorp 2006"),
        Micro("ofi_1s", "−1…1", "order-flow imbalance at the best quotes over 1 s, over its absolute flow", Cont),
        Micro("ofi_5s", "−1…1", "as ofi_1s over 5 s", Cont),
        Micro("ofi_15s", "−1…1", "as ofi_1s over 15 s", Cont),
        Micro("ofi_60s", "−1…1", "as ofi_1s over 60 s", Cont),
        Micro("tfi_1s", "−1…1", "(buy − sell)/(buy + sell) aggressor volume over 1 s", "Chordia, Roll, Subrahmanyam 2002"),
        Micro("tfi_5s", "−1…1", "as tfi_1s over 5 s", "Chordia, Roll, Subrahmanyam 2002"),
        Micro("tfi_15s", "−1…1", "as tfi_1s over 15 s", "Chordia, Roll, Subrahmanyam 2002"),
        Micro("tfi_60s", "−1…1", "as tfi_1s over 60 s", "Chordia, Roll, Subrahmanyam 2002"),
        Micro("trade_intensity_5s", "1/s", "trades per second over 5 s", Own),
        Micro("trade_intensity_60s", "1/s", "trades per second over 60 s", Own),
        Micro("intensity_ratio", "ratio", "trade_intensity_5s / trade_intensity_60s", Own),
        Micro("vpin", "0…1", "mean |buy − sell| / volume over 50 volume buckets", "Easley, López de Prado, O'Hara 2012"),
        Micro("kyle_lambda", "bps/base", "slope of 1 s mid returns on 1 s signed volume over 60 s", "Kyle 1985"),
        Micro("realized_vol_30s", "bps/√s", "root mean square of 1 s mid returns over 30 s", "Andersen, Bollerslev 1998"),
        Micro("realized_vol_120s", "bps/√s", "as realized_vol_30s over 120 s", "Andersen, Bollerslev 1998"),
        Micro("vol_ratio", "ratio", "realized_vol_30s / realized_vol_120s", Own),
        Micro("mid_return_1s", "bps", "log return of mid over 1 s", Own),
        Micro("mid_return_5s", "bps", "log return of mid over 5 s", Own),
        Micro("mid_return_30s", "bps", "log return of mid over 30 s", Own),
        Tech("return_1", "bps", "log return of close over 1 bar", Own),
        Tech("return_5", "bps", "log return of close over 5 bars", Own),
        Tech("return_15", "bps", "log return of close over 15 bars", Own),
        Tech("return_60", "bps", "log return of close over 60 bars", Own),
        Tech("ema_distance_10", "bps", "(close − EMA 10) / EMA 10", Own),
        Tech("ema_distance_20", "bps", "(close − EMA 20) / EMA 20", Own),
        Tech("ema_distance_50", "bps", "(close − EMA 50) / EMA 50", Own),
        Tech("ema_cross_10_20", "bps", "(EMA 10 − EMA 20) / EMA 20", Own),
        Tech("rsi_14", "0…1", "RSI 14 / 100", Wilder),
        Tech("macd", "bps", "MACD 12,26 / close", "Appel 1979"),
        Tech("macd_histogram", "bps", "(MACD − signal 9) / close", "Appel 1979"),
        Tech("atr_14", "bps", "ATR 14 / close", Wilder),
        Tech("bollinger_b", "ratio", "%B of 20 closes, 2 deviations", "Bollinger 2001"),
        Tech("bollinger_width", "bps", "(upper − lower) / middle", "Bollinger 2001"),
        Tech("vwap_distance", "bps", "(close − VWAP 60) / VWAP 60", "Berkowitz, Logue, Noser 1988"),
        Tech("adx_14", "0…1", "ADX 14 / 100", Wilder),
        Tech("di_balance", "−1…1", "(+DI − −DI)/(+DI + −DI)", Wilder),
        Tech("stochastic_k", "0…1", "slow %K 14,3 / 100", "Lane 1984"),
        Tech("stochastic_d", "0…1", "%D 3 / 100", "Lane 1984"),
        Tech("donchian_position", "ratio", "(close − lower)/(upper − lower) of the 20 bars before", "Donchian 1960"),
        Tech("volume_ratio", "ratio", "volume of the last bar / mean of 20", Own),
        Calendar("hour_sin", "−1…1", "sin(2π·hour of day/24), UTC"),
        Calendar("hour_cos", "−1…1", "cos(2π·hour of day/24), UTC"),
        Calendar("weekday_sin", "−1…1", "sin(2π·day of week/7), UTC, Monday 0"),
        Calendar("weekday_cos", "−1…1", "cos(2π·day of week/7), UTC, Monday 0"),
        Sentiment("sentiment_mean", "−1…1", "Σc·t / Σc, half-life 10 min"),
        Sentiment("sentiment_count", "1", "log(1 + n), posts n with half-life 10 min"),
        Sentiment("sentiment_dispersion", "0…1", "√(Σc·t² / Σc − sentiment_mean²), half-life 10 min"),
        Sentiment("sentiment_influence_mean", "−1…1", "Σw·t / Σw, half-life 10 min"),
        Sentiment("sentiment_volume_z", "σ", "posts with half-life 2 min less those of the rate with half-life 30 min, over √(1 + their variance)"),
        Sentiment("sentiment_extreme_share", "0…1", "Σc of |t| ≥ 0.6 / Σc, half-life 10 min"),
        Sentiment("sentiment_change", "−2…2", "Σc·t / Σc with half-life 2 min less that with 30 min"),
        Economy("calendar_hours_to_release", "h", "hours to the next high-impact release, at most 168"),
        Economy("calendar_hours_since_release", "h", "hours since the last high-impact release, at most 168"),
        Economy("calendar_surprise", "σ", "change at its first publication less the mean of the earlier ones, over their standard deviation"),
    ];

    /// <summary>Features of an earlier version, for samples that were taken with it.</summary>
    public static ImmutableArray<FeatureDefinition> Of(int version) => version switch
    {
        Version => All,
        2 => [.. All.Where(one => one.Group != FeatureGroup.Economy)],
        1 =>
        [
            .. All.Where(one => one.Group is not (FeatureGroup.Sentiment or FeatureGroup.Economy)),
            Sentiment("sentiment_mean", "−1…1", "mean sentiment of recent posts"),
            Sentiment("sentiment_count", "1", "number of recent posts, log(1 + n)"),
            Sentiment("sentiment_dispersion", "0…1", "standard deviation of sentiment of recent posts"),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(version), version, $"schema versions {string.Join(", ", Versions)} are known"),
    };

    private static FeatureDefinition Micro(string name, string unit, string formula, string source) =>
        new(name, FeatureGroup.Microstructure, unit, formula, source);

    private static FeatureDefinition Tech(string name, string unit, string formula, string source) =>
        new(name, FeatureGroup.Technical, unit, formula, source);

    private static FeatureDefinition Calendar(string name, string unit, string formula) =>
        new(name, FeatureGroup.Calendar, unit, formula, Own);

    private static FeatureDefinition Sentiment(string name, string unit, string formula) =>
        new(name, FeatureGroup.Sentiment, unit, formula, Own);

    private static FeatureDefinition Economy(string name, string unit, string formula) =>
        new(name, FeatureGroup.Economy, unit, formula, Own);
}
