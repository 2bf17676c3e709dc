namespace BtcAgent.Domain.Risk;

public enum BreakerMode : byte
{
    /// <summary>Allows orders within the limits.</summary>
    Active = 1,

    /// <summary>Allows only orders that reduce a position.</summary>
    Reducing = 2,

    /// <summary>Allows no orders until an operator resumes.</summary>
    Halted = 3,
}
