namespace BtcAgent.Domain.Execution.Live;

/// <summary>Effect of an open doubt on the portfolio.</summary>
public enum DoubtAction : byte
{
    /// <summary>Only orders that reduce the position are sent, until a complete comparison with the venue agrees.</summary>
    Reduce = 1,

    /// <summary>Does what <see cref="Reduce"/> does, and also halts the portfolio until an operator resumes it.</summary>
    Halt = 2,
}
