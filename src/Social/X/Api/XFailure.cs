namespace BtcAgent.Social.X.Api;

/// <summary>How a request or a stream failed; each has its ladder of waits.</summary>
public enum XFailure
{
    /// <summary>A stream that had worked ended.</summary>
    Ended,

    /// <summary>No connection, a broken one, or no answer in time.</summary>
    Transport,

    /// <summary>An HTTP error, a refused token, or another stream that is still open.</summary>
    Http,

    /// <summary>Too many requests.</summary>
    RateLimited,
}
