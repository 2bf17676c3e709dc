namespace BtcAgent.Domain.Risk;

/// <summary>What a breaker does when it trips.</summary>
public enum BreakerAction : byte
{
    /// <summary>Refuses orders that add risk for as long as the cause lasts.</summary>
    Deny = 1,

    /// <summary>Only smaller positions, until the cause and the cool-off are over.</summary>
    Reduce = 2,

    /// <summary>Closes all positions, then nothing until an operator resumes.</summary>
    Flatten = 3,

    /// <summary>Nothing until an operator resumes.</summary>
    Halt = 4,
}
