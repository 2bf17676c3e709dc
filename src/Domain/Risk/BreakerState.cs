namespace BtcAgent.Domain.Risk;

/// <summary>Mode of the breaker, its reason, and its start in event time.</summary>
[GenerateSerializer, Immutable, Alias("BreakerState")]
public sealed record BreakerState(
    [property: Id(0)] BreakerMode Mode,
    [property: Id(1)] string Reason,
    [property: Id(2)] Timestamp Since)
{
    public static BreakerState Initial { get; } = new(BreakerMode.Active, "started", Timestamp.Unknown);
}
