namespace BtcAgent.Architecture.Tests.Sources;

/// <summary>One grain asks another within a turn.</summary>
/// <param name="From">Who asks.</param>
/// <param name="To">Who answers.</param>
public sealed record GrainCall(GrainTurn From, GrainTurn To)
{
    public override string ToString() => $"{From} → {To}";
}
