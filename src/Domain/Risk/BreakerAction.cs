namespace BtcAgent.Domain.Risk;

/// <summary>The effect of a tripped breaker.</summary>
public enum BreakerAction : byte
{
    /// <summary>Refuses orders that add risk while the cause lasts.</summary>
    Deny = 1,

    /// <summary>Allows only smaller positions until the cause and the cool-off have ended.</summary>
    Reduce = 2,

    /// <summary>Closes all positions, then refuses every order until an operator resumes.</summary>
    Flatten = 3,

    /// <summary>Refuses every order until an operator resumes.</summary>
    Halt = 4,
}
