namespace BtcAgent.Social.Scoring;

/// <summary>A scorer failed. The message has no text of a post.</summary>
public sealed class ScoringException : Exception
{
    public ScoringException(string message)
        : base(message)
    {
    }

    public ScoringException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
