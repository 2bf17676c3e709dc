namespace BtcAgent.Grains.Execution;

/// <summary>A position to close; stored until it is closed.</summary>
/// <param name="Reason">Reason given by the operator or the breaker.</param>
/// <param name="Asked">Time of the request, from which the orders' ids derive.</param>
/// <param name="Attempts">Closing orders so far: each has its own id, and only the last can be open.</param>
[GenerateSerializer, Immutable, Alias("FlattenWork")]
public sealed record FlattenWork([property: Id(0)] string Reason, [property: Id(1)] Timestamp Asked, [property: Id(2)] int Attempts);
