namespace BtcAgent.Exchanges.Simulator.Posts;

/// <summary>The tone that a synthetic post was written with.</summary>
public enum PostTone
{
    Bad,
    Neutral,
    Good,
}
