namespace BtcAgent.Architecture.Tests.Sources;

/// <summary>What a grain does on one kind of request.</summary>
/// <param name="Grain">Its interface.</param>
/// <param name="Method">Of the interface, or of its class where Orleans calls it: activation, a stream's events.</param>
/// <param name="Interleaves">It runs also while the grain is busy with another request.</param>
public sealed record GrainTurn(string Grain, string Method, bool Interleaves)
{
    public override string ToString() => $"{Grain}.{Method}";
}
