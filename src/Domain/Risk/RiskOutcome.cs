namespace BtcAgent.Domain.Risk;

public enum RiskOutcome : byte
{
    /// <summary>An order is sent.</summary>
    Approved = 1,

    /// <summary>No order is needed: the position is where the signal wants it, or the signal was refused.</summary>
    Hold = 2,

    /// <summary>A rule refused the order.</summary>
    Rejected = 3,
}
