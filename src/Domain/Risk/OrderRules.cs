using System.Collections.Immutable;
using BtcAgent.Domain.Instruments;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Risk;

/// <summary>Rules on a single order and on the number of orders.</summary>
internal static class OrderRules
{
    /// <summary>Sums all positions at their marks, with this one as it would be after the order.</summary>
    public static RuleVerdict GrossExposure(RiskContext context, Quantity quantity)
    {
        var instrument = context.Input.Rules.Instrument;
        var others = context.Input.Portfolio.Positions.Where(position => position.Instrument != instrument)
            .Sum(position => Math.Abs(position.Quantity) * (position.MarkPrice ?? 0));
        var sign = context.Side == Side.Buy ? 1 : -1;
        var after = others + (Math.Abs(context.Current + (sign * (context.PendingOnSide + quantity.ToDecimal()))) * context.Mid);
        return ConditionRules.AtMost(context, quantity, RiskCodes.MaxGrossExposure, after, context.Limits.MaxGrossExposure);
    }

    /// <summary>Counts this order, too.</summary>
    public static RuleVerdict OpenOrders(RiskContext context, Quantity quantity)
    {
        var open = context.Input.OpenOrders.Count(order => order.IsOpen && order.Intent.ClientOrderId != context.ClientOrderId);
        return ConditionRules.AtMost(context, quantity, RiskCodes.MaxOpenOrders, open + 1, context.Limits.MaxOpenOrders);
    }

    /// <summary>Counts the orders of this minute of event time, including this one.</summary>
    public static RuleVerdict Rate(RiskContext context, Quantity quantity) =>
        ConditionRules.AtMost(context, quantity, RiskCodes.OrderRate, context.OrdersThisMinute + 1, context.Limits.MaxOrdersPerMinute);

    /// <summary>A decision may repeat its open order, but not change it.</summary>
    public static RuleVerdict NotDuplicate(RiskContext context, Quantity quantity)
    {
        var known = context.Input.OpenOrders.FirstOrDefault(order => order.Intent.ClientOrderId == context.ClientOrderId);
        var same = known is null || (known.Intent.Side == context.Side && known.Intent.Quantity == quantity);
        return new(new(RiskCodes.DuplicateDecision, same, null, null,
            same ? null : $"{context.ClientOrderId} is open already as {known!.Intent.Side} {known.Intent.Quantity}"));
    }

    /// <summary>Distance of the limit price from mid on the costly side: a buy above it, a sell below it.</summary>
    public static RuleVerdict NotFatFinger(RiskContext context, Quantity quantity)
    {
        if (context.LimitPrice is not { } limit)
        {
            return new(new(RiskCodes.FatFinger, true, null, context.Limits.MaxLimitDistanceBps));
        }

        var distance = Math.Abs(limit.ToDecimal() - context.Mid) / context.Mid * 10_000;
        return new(new(RiskCodes.FatFinger, distance <= context.Limits.MaxLimitDistanceBps, distance, context.Limits.MaxLimitDistanceBps));
    }

    /// <summary>Every other filter of the venue: tick, price bounds, largest notional, order types, counts, position.</summary>
    public static RuleVerdict VenueFilters(RiskContext context, Quantity quantity)
    {
        var open = context.Input.OpenOrders.Where(order => order.IsOpen && order.Intent.ClientOrderId != context.ClientOrderId).ToList();
        var here = open.Where(order => order.Intent.Instrument == context.Input.Rules.Instrument).ToList();
        var broken = TradingRulesCheck.Violations(context.Input.Rules, new OrderFacts
        {
            Side = context.Side,
            Type = TypeOf(context.Type),
            Quantity = quantity,
            Limit = context.LimitPrice,
            Stop = context.StopPrice,
            TrailingDelta = context.TrailingDeltaBps,
            Reference = context.Input.Sample.Quote.MidPrice,
            OpenOrders = Counts(here),
            VenueOpenOrders = Counts(open),
            Position = HeldAndBidFor(context, here),
        }).Where(violation => !IsAskedElsewhere(violation.Rule)).ToImmutableArray();
        var code = broken.IsEmpty ? RiskCodes.VenueFilter : TradingRuleCodes.Of(broken[0].Rule);
        return new(new(code, broken.IsEmpty, context.LimitPrice?.ToDecimal(), null,
            broken.IsEmpty ? null : string.Join("; ", broken.Select(violation => violation.Detail))));
    }

    internal static VenueOrderTypes TypeOf(OrderType type) => type switch
    {
        OrderType.Limit => VenueOrderTypes.Limit,
        OrderType.LimitMaker => VenueOrderTypes.LimitMaker,
        OrderType.StopLoss => VenueOrderTypes.StopLoss,
        OrderType.StopLossLimit => VenueOrderTypes.StopLossLimit,
        OrderType.TakeProfit => VenueOrderTypes.TakeProfit,
        OrderType.TakeProfitLimit => VenueOrderTypes.TakeProfitLimit,
        _ => VenueOrderTypes.Market,
    };

    private static OpenOrderCounts Counts(List<Order> open) => new(
        open.Count,
        open.Count(order => order.Intent.StopPrice is not null || order.Intent.TrailingDeltaBps is not null));

    /// <summary>Returns the quantity that the venue counts for MAX_POSITION: the whole account's base asset plus the remainder of open buys.</summary>
    private static Quantity HeldAndBidFor(RiskContext context, List<Order> here)
    {
        var (portfolio, asset) = (context.Input.Portfolio, context.Input.Rules.BaseAsset);
        var held = portfolio.Balances.GetValueOrDefault(asset) + (portfolio.Outside?.Of(asset) ?? 0);
        var bidFor = here.Where(order => order.Intent.Side == Side.Buy).Sum(order => order.RemainingQuantity.ToDecimal());
        return Quantity.FromDecimal(decimal.Round(Math.Max(0, held + bidFor), 8, MidpointRounding.ToPositiveInfinity));
    }

    private static bool IsAskedElsewhere(TradingRule rule) => rule is TradingRule.NotTrading or TradingRule.QuantityLot
        or TradingRule.MinQuantity or TradingRule.MaxQuantity or TradingRule.MinNotional or TradingRule.PercentPrice
        or TradingRule.NoReferencePrice;
}
