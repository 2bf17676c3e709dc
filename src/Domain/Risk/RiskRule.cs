using System.Globalization;

namespace BtcAgent.Domain.Risk;

/// <summary>One row of the table of rules: what it measures, its limit, and the orders that it applies to.</summary>
/// <param name="Code">Value of <see cref="RiskCheck.Code"/>.</param>
/// <param name="Measure">Description of what is measured.</param>
/// <param name="Unit">Unit of value and limit; "–" for a rule that is met or not.</param>
public sealed record RiskRule(string Code, string Measure, string Unit)
{
    /// <summary>
    /// The member of <see cref="RiskLimits"/> that limits the value; null when the limit is not a setting.
    /// </summary>
    public string? Limit { get; init; }

    /// <summary>Description of a limit that is not a setting; null for none.</summary>
    public string? Fixed { get; init; }

    public RuleExemption Exempts { get; init; }

    /// <summary>Whether the rule reduces an order when a smaller one would pass.</summary>
    public bool Clips { get; init; }

    /// <summary>Whether operators' orders are exempt.</summary>
    public bool IsForStrategiesOnly { get; init; }

    /// <summary>Returns the verdict on an order of this quantity; null when the engine itself evaluates the rule.</summary>
    internal Func<RiskContext, Quantity, RuleVerdict>? Ask { get; init; }

    /// <summary>Description of the default limit: a number, "off", "venue", or "–" for none.</summary>
    public string Default => Limit is null ? Fixed ?? "–"
        : LimitBook.Read(Defaults, Limit) is { } value ? value.ToString("#,0.####", CultureInfo.InvariantCulture) : "off";

    private static RiskLimits Defaults { get; } = new();
}
