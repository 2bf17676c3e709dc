namespace BtcAgent.Social.Scoring;

/// <summary>Three classes of tone.</summary>
public enum ToneClass
{
    Negative,
    Neutral,
    Positive,
}
