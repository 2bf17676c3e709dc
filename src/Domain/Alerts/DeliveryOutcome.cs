namespace BtcAgent.Domain.Alerts;

/// <summary>The end of a delivery.</summary>
/// <param name="Id">Id of the delivery.</param>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Problem">Why it was given up; null when the channel has accepted it.</param>
[GenerateSerializer, Immutable, Alias("DeliveryOutcome")]
public sealed record DeliveryOutcome([property: Id(0)] string Id, [property: Id(1)] string Channel, [property: Id(2)] string? Problem);
