using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// Determines the limits in force: the configured ones, except where an operator changed one or where the configuration
/// would loosen what was in force before a restart. An operator can change the limits for which a lower value is stricter.
/// </summary>
public static class LimitBook
{
    private static readonly ImmutableSortedDictionary<string, NumberLimit> Numbers = typeof(RiskLimits).GetProperties()
        .Where(property => property.IsDefined(typeof(RangeAttribute))).Select(property => new NumberLimit(property))
        .ToImmutableSortedDictionary(limit => limit.Name, limit => limit, StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, NumberLimit> Known = Numbers.RemoveRange(
        Numbers.Keys.Where(name => typeof(RiskLimits).GetProperty(name)!.IsDefined(typeof(HigherIsStricterAttribute))));

    /// <summary>Names of the limits that an operator can change.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>Why the change is refused; null when it is allowed.</summary>
    public static string? Problem(string name, decimal value) =>
        !Known.TryGetValue(name, out var limit) ? $"'{name}' is not a limit that can be changed: {string.Join(", ", Known.Keys)}"
        : limit.Problem(value);

    /// <summary>The value of a numeric limit; null for none.</summary>
    public static decimal? Read(RiskLimits limits, string name) => Numbers[name].Get(limits);

    public static void Write(RiskLimits limits, string name, decimal value) => Known[name].Set(limits, value);

    /// <summary>The value of each limit that is set.</summary>
    public static ImmutableSortedDictionary<string, decimal> Values(RiskLimits limits) => Known.Values
        .Select(limit => (limit.Name, Value: limit.Get(limits))).Where(limit => limit.Value is not null)
        .ToImmutableSortedDictionary(limit => limit.Name, limit => limit.Value!.Value, StringComparer.Ordinal);

    /// <summary>Returns the limits in force after a start with this configuration.</summary>
    /// <param name="configured">The configured limits; not modified.</param>
    /// <param name="state">The state that was in force before.</param>
    /// <param name="heldBack">Limits whose configured value is looser than the one in force and is therefore
    /// ignored.</param>
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
}
