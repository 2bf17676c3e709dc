namespace BtcAgent.Domain.Execution.Live;

/// <summary>What a doubt does to the portfolio while it is open.</summary>
public enum DoubtAction : byte
{
    /// <summary>Only orders that reduce the position go out, until a whole comparison with the venue agrees.</summary>
    Reduce = 1,

    /// <summary>As <see cref="Reduce"/>, and the portfolio is halted until an operator resumes it.</summary>
    Halt = 2,
}
