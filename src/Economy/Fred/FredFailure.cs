namespace BtcAgent.Economy.Fred;

/// <summary>Why a request to FRED failed.</summary>
public enum FredFailure
{
    /// <summary>No connection, no answer in time, or an answer that broke off.</summary>
    Transport = 1,

    /// <summary>Too many requests.</summary>
    RateLimited = 2,

    /// <summary>The key or the request was refused: repeating it does not help.</summary>
    Refused = 3,

    /// <summary>An answer that is not understood, or an error of the server.</summary>
    Answer = 4,

    /// <summary>Our own budget does not allow the request.</summary>
    Budget = 5,
}
