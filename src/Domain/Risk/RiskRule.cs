using System.Globalization;

namespace BtcAgent.Domain.Risk;

/// <summary>One row of the table of rules: what is measured, against which limit, and for which orders.</summary>
/// <param name="Code">As in <see cref="RiskCheck.Code"/>.</param>
/// <param name="Measure">What is checked, in words.</param>
/// <param name="Unit">Of value and limit; "–" for a rule that is met or not.</param>
public sealed record RiskRule(string Code, string Measure, string Unit)
{
    /// <summary>The member of <see cref="RiskLimits"/> that the value is compared with; null when the limit is not a setting.</summary>
    public string? Limit { get; init; }

    /// <summary>The limit where it is not a setting, in words; null for none.</summary>
    public string? Fixed { get; init; }

    public RuleExemption Exempts { get; init; }

    /// <summary>Makes an order smaller where a smaller one would pass.</summary>
    public bool Clips { get; init; }

    /// <summary>An operator's order is not asked.</summary>
    public bool IsForStrategiesOnly { get; init; }

    /// <summary>The verdict on an order of this quantity; null where the engine itself asks.</summary>
    internal Func<RiskContext, Quantity, RuleVerdict>? Ask { get; init; }

    /// <summary>The limit by default, in words: a number, "off", "venue", or "–" for none.</summary>
    public string Default => Limit is null ? Fixed ?? "–"
        : LimitBook.Read(Defaults, Limit) is { } value ? value.ToString("#,0.####", CultureInfo.InvariantCulture) : "off";

    private static RiskLimits Defaults { get; } = new();
}
