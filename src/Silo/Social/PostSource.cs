namespace BtcAgent.Silo.Social;

/// <summary>The source of posts that this agent reads by itself.</summary>
public enum PostSource
{
    /// <summary>The embedded simulated X: synthetic posts that follow the embedded market.</summary>
    Simulated,

    /// <summary>X, with a bearer token.</summary>
    X,

    /// <summary>None: only posts that are offered by the API count.</summary>
    None,
}
