namespace BtcAgent.Grains.Execution;

/// <summary>A position that is to be closed, kept until it is.</summary>
/// <param name="Reason">Of the operator or the breaker.</param>
/// <param name="Asked">When it was asked for; names the orders.</param>
/// <param name="Attempts">Closing orders so far: each has an id of its own, and only the last can be open.</param>
[GenerateSerializer, Immutable, Alias("FlattenWork")]
public sealed record FlattenWork([property: Id(0)] string Reason, [property: Id(1)] Timestamp Asked, [property: Id(2)] int Attempts);
