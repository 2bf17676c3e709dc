using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// Rules on how much may be held and ordered. They clip an order where a smaller one would pass; an order that only reduces
/// the position passes all of them except the balance rule, and is cut into slices at most.
/// </summary>
internal static class ExposureRules
{
    private const string ReducesRisk = "reduces risk";

    /// <summary>While reducing, clips an order through zero to zero and refuses any other larger position.</summary>
    public static RuleVerdict Reducing(RiskContext context, Quantity quantity)
    {
        if (context.Breaker.Mode != BreakerMode.Reducing || context.Reduces(quantity))
        {
            return new(new(RiskCodes.Reducing, true, null, null));
        }

        var closing = Math.Sign(context.Current) == (context.Side == Side.Buy ? -1 : 1);
        return closing
            ? Clip(context, RiskCodes.Reducing, quantity, Math.Abs(context.Current), null, null)
            : new(new(RiskCodes.Reducing, false, null, null, context.Breaker.Reason));
    }

    public static RuleVerdict Position(RiskContext context, Quantity quantity)
    {
        var limit = context.Limits.MaxPositionNotional / context.Mid;
        limit = Math.Min(limit, context.Limits.MaxPositionBase ?? limit);
        var sign = context.Side == Side.Buy ? 1 : -1;
        var pending = context.PendingOnSide;
        var after = context.Current + (sign * (pending + quantity.ToDecimal()));
        if (context.Reduces(quantity) || Math.Abs(after) <= limit)
        {
            return new(new(RiskCodes.MaxPosition, true, Math.Abs(after), limit));
        }

        return Clip(context, RiskCodes.MaxPosition, quantity, limit - (sign * context.Current) - pending, Math.Abs(after), limit);
    }

    /// <summary>
    /// Cuts an order that reduces the position to a slice and never refuses it: the next decision sends the next slice.
    /// </summary>
    public static RuleVerdict OrderNotional(RiskContext context, Quantity quantity)
    {
        var limit = context.Limits.MaxOrderNotional;
        var notional = quantity.ToDecimal() * context.Mid;
        if (context.Reduces(quantity))
        {
            var slice = ReducingSlice.Next(quantity, context.Mid, limit, context.Input.Rules);
            return slice.IsZero || slice >= context.Input.Rules.RoundDownToLot(quantity)
                ? new(new(RiskCodes.MaxOrderNotional, true, notional, limit, notional <= limit ? null : ReducesRisk))
                : new(new(RiskCodes.MaxOrderNotional, true, notional, limit, $"sliced: {slice} of {quantity} now"), slice);
        }

        return notional <= limit
            ? new(new(RiskCodes.MaxOrderNotional, true, notional, limit))
            : Clip(context, RiskCodes.MaxOrderNotional, quantity, limit / context.Mid, notional, limit);
    }

    /// <summary>Checks the balance that all open orders, of any instrument, leave of the asset.</summary>
    public static RuleVerdict Balance(RiskContext context, Quantity quantity)
    {
        var input = context.Input;
        var buying = context.Side == Side.Buy;
        if (!buying && context.Limits.AllowShort)
        {
            return new(new(RiskCodes.InsufficientBalance, true, null, null, "shorts are allowed"));
        }

        var buffer = 1 + (context.Limits.CostBufferBps / 10_000);
        var need = buying ? quantity.ToDecimal() * input.Sample.Quote.Ask.ToDecimal() * buffer : quantity.ToDecimal();
        var asset = buying ? input.Rules.QuoteAsset : input.Rules.BaseAsset;
        var available = input.Portfolio.Balances.GetValueOrDefault(asset)
            - input.OpenOrders.Where(order => Draws(order, context)).Sum(order => Reserved(order, buffer));
        return new(new(RiskCodes.InsufficientBalance, need <= available, need, available, asset));
    }

    private static bool Draws(Order order, RiskContext context) =>
        order.IsOpen && order.Intent.Side == context.Side && order.Intent.ClientOrderId != context.ClientOrderId
        && (context.Side == Side.Buy || order.Intent.Instrument == context.Input.Rules.Instrument);

    private static decimal Reserved(Order order, decimal buffer)
    {
        var remaining = order.RemainingQuantity.ToDecimal();
        var price = order.Intent.LimitPrice?.ToDecimal() ?? order.Intent.ReferencePrice;
        return order.Intent.Side == Side.Buy ? remaining * price * buffer : remaining;
    }

    private static RuleVerdict Clip(
        RiskContext context, string code, Quantity quantity, decimal room, decimal? value, decimal? limit)
    {
        var clipped = Quantity.Min(quantity, context.Input.Rules.RoundDownToLot(Quantity.RoundDown(room)));
        return clipped.IsZero
            ? new(new(code, false, value, limit, "no room left"))
            : new(new(code, true, value, limit, $"clipped from {quantity} to {clipped}"), clipped);
    }
}
