namespace BtcAgent.Domain.Risk;

/// <summary>How a rule treats an order that only reduces the position.</summary>
public enum RuleExemption
{
    /// <summary>A reducing order is judged like any other.</summary>
    None,

    /// <summary>A reducing order passes the rule.</summary>
    Reducing,

    /// <summary>The rule cuts a reducing order into slices, and never refuses it.</summary>
    Sliced,

    /// <summary>Does not evaluate orders at all.</summary>
    NotAsked,
}
