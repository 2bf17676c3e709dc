using System.Collections.Immutable;

namespace BtcAgent.Domain.Alerts;

/// <summary>One message for one channel, kept until the channel has accepted it.</summary>
/// <param name="Id">The same at each attempt and after a restart, so that a receiver can recognize a repeat.</param>
/// <param name="Channel">Name of the channel.</param>
/// <param name="Kind">Reason of the message.</param>
/// <param name="Group">Name of the group of alerts.</param>
/// <param name="Alerts">The alerts as they were when the message was made.</param>
/// <param name="CreatedAt">When it was made.</param>
[GenerateSerializer, Immutable, Alias("AlertDelivery")]
public sealed record AlertDelivery(
    [property: Id(0)] string Id,
    [property: Id(1)] string Channel,
    [property: Id(2)] DeliveryKind Kind,
    [property: Id(3)] string Group,
    [property: Id(4)] ImmutableArray<Alert> Alerts,
    [property: Id(5)] DateTimeOffset CreatedAt);
