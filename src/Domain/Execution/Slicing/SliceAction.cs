using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Slicing;

/// <summary>To place a child order, or to cancel one.</summary>
[GenerateSerializer, Immutable, Alias("SliceAction")]
public sealed record SliceAction
{
    [Id(0)] public required string ClientOrderId { get; init; }

    [Id(1)] public required bool IsCancel { get; init; }

    [Id(2)] public Quantity Quantity { get; init; }

    /// <summary>Null for market orders and cancels.</summary>
    [Id(3)] public Price? LimitPrice { get; init; }

    [Id(4)] public TimeInForce TimeInForce { get; init; } = TimeInForce.GoodTillCanceled;
}
