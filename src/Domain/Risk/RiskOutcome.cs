namespace BtcAgent.Domain.Risk;

public enum RiskOutcome : byte
{
    /// <summary>An order goes out.</summary>
    Approved = 1,

    /// <summary>Nothing to do: the position is where the signal wants it, or the signal was refused.</summary>
    Hold = 2,

    /// <summary>An order was wanted and a rule refused it.</summary>
    Rejected = 3,
}
