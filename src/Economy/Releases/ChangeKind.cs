namespace BtcAgent.Economy.Releases;

/// <summary>How a new value of a series is compared with the one before it.</summary>
public enum ChangeKind
{
    /// <summary>Logarithm of the ratio, for levels of prices, sales and output.</summary>
    Log = 0,

    /// <summary>Difference, for numbers of jobs and rates.</summary>
    Difference = 1,
}
