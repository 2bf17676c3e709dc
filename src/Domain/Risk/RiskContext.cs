using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Risk;

/// <summary>Input of the rules: the decision's input, the breaker, and the order that sizing proposes.</summary>
internal sealed record RiskContext(
    RiskInput Input, RiskLimits Limits, BreakerState Breaker, Timestamp? LastOrderTime, decimal Current, Side Side)
{
    public decimal Mid => Input.Sample.Quote.Mid;

    public string ClientOrderId { get; init; } = "";

    public OrderType Type { get; init; } = OrderType.Market;

    /// <summary>Null for a market order.</summary>
    public Price? LimitPrice { get; init; }

    public Price? StopPrice { get; init; }

    public int? TrailingDeltaBps { get; init; }

    /// <summary>Cost of strategies' orders; null when only the limits state one, and for operators' orders.</summary>
    public PlacementOptions? Placement { get; init; }

    /// <summary>Orders approved in the minute of event time that the decision falls in.</summary>
    public int OrdersThisMinute { get; init; }

    /// <summary>Open orders on the instrument from any source, except the decision's own.</summary>
    public IEnumerable<Order> OtherOrdersHere => Input.OpenOrders.Where(order =>
        order.IsOpen && order.Intent.Instrument == Input.Rules.Instrument && order.Intent.ClientOrderId != ClientOrderId);

    /// <summary>Base quantity that those may still fill on the order's side: the position may grow by as much.</summary>
    public decimal PendingOnSide => OtherOrdersHere.Where(order => order.Intent.Side == Side).Sum(order => order.RemainingQuantity.ToDecimal());

    /// <summary>Whether an order of this quantity only reduces the position.</summary>
    public bool Reduces(Quantity quantity) =>
        Math.Sign(Current) == (Side == Side.Buy ? -1 : 1) && quantity.ToDecimal() <= Math.Abs(Current);
}
