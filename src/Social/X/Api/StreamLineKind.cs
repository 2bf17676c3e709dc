namespace BtcAgent.Social.X.Api;

internal enum StreamLineKind
{
    /// <summary>A blank line: the stream is alive.</summary>
    KeepAlive,

    /// <summary>A post.</summary>
    Post,

    /// <summary>X reports a problem, and usually ends the stream.</summary>
    Error,

    /// <summary>Not understood.</summary>
    Malformed,
}
