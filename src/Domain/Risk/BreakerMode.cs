namespace BtcAgent.Domain.Risk;

public enum BreakerMode : byte
{
    /// <summary>Trading freely within the limits.</summary>
    Active = 1,

    /// <summary>Only orders that make a position smaller.</summary>
    Reducing = 2,

    /// <summary>No orders at all until an operator resumes.</summary>
    Halted = 3,
}
