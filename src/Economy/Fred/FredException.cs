namespace BtcAgent.Economy.Fred;

/// <summary>A request to FRED failed. Neither message nor inner exception has its address, of which the key is a part.</summary>
public sealed class FredException(FredFailure failure, string message) : Exception(message)
{
    /// <summary>Why.</summary>
    public FredFailure Failure => failure;

    /// <summary>When the next request makes sense; null if nobody said.</summary>
    public Timestamp? RetryAt { get; init; }
}
