using System.Collections.Immutable;
using System.Globalization;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// The limits in force: as configured, unless an operator changed one, or the configuration would loosen what was in
/// force before a restart. For each of these limits a lower value is the stricter one.
/// </summary>
public static class LimitBook
{
    private static readonly ImmutableSortedDictionary<string, Adjustable> Known = new Adjustable[]
    {
        new(nameof(RiskLimits.MaxPositionBase), 1e9m, l => l.MaxPositionBase, (l, v) => l.MaxPositionBase = v),
        new(nameof(RiskLimits.MaxPositionNotional), 1e12m, l => l.MaxPositionNotional, (l, v) => l.MaxPositionNotional = v),
        new(nameof(RiskLimits.MaxOrderNotional), 1e12m, l => l.MaxOrderNotional, (l, v) => l.MaxOrderNotional = v),
        new(nameof(RiskLimits.MaxGrossExposure), 1e12m, l => l.MaxGrossExposure, (l, v) => l.MaxGrossExposure = v),
        new(nameof(RiskLimits.MaxOpenOrders), 10_000, l => l.MaxOpenOrders, (l, v) => l.MaxOpenOrders = (int)v),
        new(nameof(RiskLimits.MaxOrdersPerMinute), 1_000_000, l => l.MaxOrdersPerMinute, (l, v) => l.MaxOrdersPerMinute = (int)v),
        new(nameof(RiskLimits.DailyLossLimit), 1, l => l.DailyLossLimit, (l, v) => l.DailyLossLimit = v),
        new(nameof(RiskLimits.WeeklyLossLimit), 1, l => l.WeeklyLossLimit, (l, v) => l.WeeklyLossLimit = v),
        new(nameof(RiskLimits.MaxDrawdown), 1, l => l.MaxDrawdown, (l, v) => l.MaxDrawdown = v),
        new(nameof(RiskLimits.MaxSpreadBps), 10_000, l => l.MaxSpreadBps, (l, v) => l.MaxSpreadBps = v),
        new(nameof(RiskLimits.MaxLimitDistanceBps), 10_000, l => l.MaxLimitDistanceBps, (l, v) => l.MaxLimitDistanceBps = v),
        new(nameof(RiskLimits.StaleDataMs), 600_000, l => l.StaleDataMs, (l, v) => l.StaleDataMs = (int)v),
        new(nameof(RiskLimits.MaxModelAgeDays), 100_000, l => l.MaxModelAgeDays, (l, v) => l.MaxModelAgeDays = v),
        new(nameof(RiskLimits.MaxAnnualVolatility), 1_000, l => l.MaxAnnualVolatility, (l, v) => l.MaxAnnualVolatility = v),
        new(nameof(RiskLimits.MaxTouchMultiple), 1_000_000, l => l.MaxTouchMultiple, (l, v) => l.MaxTouchMultiple = v),
        new(nameof(RiskLimits.UnmanagedStopBps), 10_000, l => l.UnmanagedStopBps, (l, v) => l.UnmanagedStopBps = v),
        new(nameof(RiskLimits.MaxValuationAgeMs), 86_400_000, l => l.MaxValuationAgeMs, (l, v) => l.MaxValuationAgeMs = (int)v),
        new(nameof(RiskLimits.MaxLosingStreak), 10_000, l => l.MaxLosingStreak, (l, v) => l.MaxLosingStreak = (int)v),
    }.ToImmutableSortedDictionary(a => a.Name, a => a, StringComparer.Ordinal);

    /// <summary>Names that an operator can change.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>Why the change cannot be made; null when it can.</summary>
    public static string? Problem(string name, decimal value) =>
        !Known.TryGetValue(name, out var limit) ? $"no limit is called '{name}': {string.Join(", ", Known.Keys)}"
        : value < 0 || value > limit.Max ? string.Create(CultureInfo.InvariantCulture, $"{name} takes 0…{limit.Max}, not {value}")
        : null;

    /// <summary>The limit's value; null for none.</summary>
    public static decimal? Read(RiskLimits limits, string name) => Known[name].Get(limits);

    public static void Write(RiskLimits limits, string name, decimal value) => Known[name].Set(limits, value);

    /// <summary>The value of each limit that is set.</summary>
    public static ImmutableSortedDictionary<string, decimal> Values(RiskLimits limits) => Known.Values
        .Select(limit => (limit.Name, Value: limit.Get(limits))).Where(limit => limit.Value is not null)
        .ToImmutableSortedDictionary(limit => limit.Name, limit => limit.Value!.Value, StringComparer.Ordinal);

    /// <summary>What is in force after a start with this configuration.</summary>
    /// <param name="configured">Not changed.</param>
    /// <param name="state">What was in force before.</param>
    /// <param name="heldBack">Limits whose configured value is looser than what was in force, and does not count.</param>
    public static RiskLimits InForce(RiskLimits configured, RiskState state, out ImmutableArray<string> heldBack)
    {
        var limits = configured.Copy();
        var held = ImmutableArray.CreateBuilder<string>();
        foreach (var (name, limit) in Known)
        {
            var asked = limit.Get(configured);
            if (state.Changes.LastOrDefault(change => change.Name == name) is { } change)
            {
                limit.Set(limits, change.To);
            }
            else if (state.Limits.TryGetValue(name, out var before) && (asked is null || asked > before))
            {
                limit.Set(limits, before);
                held.Add(name);
            }
        }

        heldBack = held.ToImmutable();
        return limits;
    }

    private sealed record Adjustable(string Name, decimal Max, Func<RiskLimits, decimal?> Get, Action<RiskLimits, decimal> Set);
}
