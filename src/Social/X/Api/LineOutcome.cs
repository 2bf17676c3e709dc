namespace BtcAgent.Social.X.Api;

internal enum LineOutcome
{
    /// <summary>A whole line.</summary>
    Line,

    /// <summary>A line longer than allowed was skipped.</summary>
    TooLong,

    /// <summary>The other side closed.</summary>
    End,
}
