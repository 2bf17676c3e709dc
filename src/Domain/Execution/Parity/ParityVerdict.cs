namespace BtcAgent.Domain.Execution.Parity;

/// <summary>Whether live trading has left what the simulation promises.</summary>
/// <param name="Trips">True when a breaker should stop new orders.</param>
/// <param name="Reason">Every average past its threshold; null when none is.</param>
[GenerateSerializer, Immutable, Alias("ParityVerdict")]
public readonly record struct ParityVerdict([property: Id(0)] bool Trips, [property: Id(1)] string? Reason);
