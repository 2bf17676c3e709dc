namespace BtcAgent.Research.Experiments;

/// <summary>Defect of a simulated challenger.</summary>
public enum ChallengerFault : byte
{
    None = 0,

    /// <summary>Trades the opposite of its signal, and pays for it.</summary>
    SignFlipped = 1,

    /// <summary>One score for every sample, so it never trades.</summary>
    ConstantScore = 2,

    /// <summary>One score in twenty is not a number.</summary>
    NotANumber = 3,

    /// <summary>One score in ten is late.</summary>
    Slow = 4,

    /// <summary>Every sample fails.</summary>
    Crashing = 5,
}
