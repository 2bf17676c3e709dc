namespace BtcAgent.Domain.Risk;

/// <summary>Assesses operators' orders by the same rules.</summary>
public sealed partial class RiskEngine
{
    /// <summary>
    /// Checks an operator's order. Where a rule would clip it, refuses it and states the quantity that would pass, unless
    /// the order reduces the position: then approves its first slice, and the intent states the quantity.
    /// </summary>
    /// <param name="order">The order as requested.</param>
    /// <param name="input">The input; its signal is ignored.</param>
    public RiskDecision AssessOrder(OrderRequest order, RiskInput input)
    {
        var checks = new List<RiskCheck>(RiskRules.OfOperators.Length + 4);
        _breaker.Watch(input.Portfolio, input.Sample.EventTime, checks);
        checks.Clear(); // The rules below check the breaker's mode.
        var current = input.Portfolio.Position(input.Rules.Instrument)?.Quantity ?? 0;
        checks.Add(MarketRules.HasQuote(input.Sample));
        checks.Add(MarketRules.NotCrossed(input.Sample));
        var id = order.IdIn(_portfolio);
        var context = new RiskContext(input, _limits, Breaker, null, current, order.Side)
        {
            ClientOrderId = id.ClientOrderId(0),
            Type = order.Type,
            LimitPrice = order.LimitPrice,
            StopPrice = order.StopPrice,
            TrailingDeltaBps = order.TrailingDeltaBps,
            OrdersThisMinute = _breaker.OrdersIn(input.Sample.EventTime),
        };
        var sent = SentAlready(context, order);
        var quantity = sent ?? order.Quantity;
        foreach (var ask in checks.All(check => check.Passed) ? RiskRules.OfOperators.Select(rule => rule.Ask!).Append(_breaker.SystemHealthy) : [])
        {
            var verdict = ask(context, quantity);
            var smaller = verdict.Clipped is { } clipped && clipped < quantity ? verdict.Clipped : null;
            checks.Add(smaller is null || context.Reduces(quantity)
                ? verdict.Check
                : verdict.Check with { Passed = false, Detail = $"at most {smaller}" });
            quantity = sent is null && context.Reduces(quantity) ? smaller ?? quantity : quantity;
        }

        var passed = checks.All(check => check.Passed);
        if (passed)
        {
            _breaker.Ordered(input.Sample.EventTime);
        }

        return new RiskDecision
        {
            Decision = id,
            Outcome = passed ? RiskOutcome.Approved : RiskOutcome.Rejected,
            Checks = [.. checks],
            TargetPosition = current + (order.Side == Side.Buy ? 1 : -1) * order.Quantity.ToDecimal(),
            CurrentPosition = current,
            Breaker = Breaker,
            Intent = passed ? (order with { Quantity = quantity }).ToIntent(_portfolio, input, context.Reduces(quantity)) : null,
            Summary = !passed ? Failures(checks)
                : quantity == order.Quantity ? $"{order.Side} {quantity} by hand"
                : $"{order.Side} {quantity} of {order.Quantity} by hand: the order limit cuts it, send the rest as another order",
        };
    }

    /// <summary>
    /// A repeat of a clipped order gets the clipped quantity; null when the order is not open, or is open in full.
    /// </summary>
    private static Quantity? SentAlready(RiskContext context, OrderRequest order) => context.Input.OpenOrders
        .FirstOrDefault(known => known.IsOpen && known.Intent.ClientOrderId == context.ClientOrderId
            && known.Intent.Side == order.Side && known.Intent.Quantity < order.Quantity && context.Reduces(order.Quantity))
        ?.Intent.Quantity;
}
