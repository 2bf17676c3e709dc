namespace BtcAgent.Domain.Risk;

/// <summary>How a rule treats an order that only reduces the position.</summary>
public enum RuleExemption
{
    /// <summary>As any other order.</summary>
    None,

    /// <summary>Passes it.</summary>
    Reducing,

    /// <summary>Cuts it into slices, and never refuses it.</summary>
    Sliced,

    /// <summary>Does not evaluate orders at all.</summary>
    NotAsked,
}
