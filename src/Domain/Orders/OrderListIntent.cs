namespace BtcAgent.Domain.Orders;

/// <summary>Two linked orders.</summary>
/// <param name="ListId">Client id of the list; at most 36 characters.</param>
/// <param name="Kind">How they are linked.</param>
/// <param name="First">OCO: the leg above the market for a sell, below it for a buy. OTO: the working order.</param>
/// <param name="Second">OCO: the other leg. OTO: placed when the first has filled.</param>
[GenerateSerializer, Immutable, Alias("OrderListIntent")]
public sealed record OrderListIntent(
    [property: Id(0)] string ListId,
    [property: Id(1)] OrderListKind Kind,
    [property: Id(2)] OrderIntent First,
    [property: Id(3)] OrderIntent Second);
