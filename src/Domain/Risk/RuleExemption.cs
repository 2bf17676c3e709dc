namespace BtcAgent.Domain.Risk;

/// <summary>What a rule does with an order that only makes the position smaller.</summary>
public enum RuleExemption
{
    /// <summary>Asks it like any other order.</summary>
    None,

    /// <summary>Lets it pass.</summary>
    Reducing,

    /// <summary>Cuts it into slices and never refuses it.</summary>
    Sliced,

    /// <summary>Is not asked of orders at all.</summary>
    NotAsked,
}
