namespace BtcAgent.Domain.Risk;

/// <summary>One rule's verdict on an order of this quantity.</summary>
internal delegate RuleVerdict RiskRule(RiskContext context, Quantity quantity);

/// <summary>The rules of <c>docs/risk.md</c> that are asked of every order.</summary>
internal static class RiskRules
{
    /// <summary>In the order asked. Each may clip the quantity that the next one sees.</summary>
    public static readonly RiskRule[] OfStrategies =
    [
        MarketRules.NotReconciling,
        MarketRules.NotHalted,
        ConditionRules.KnownInstrument,
        MarketRules.Armed,
        MarketRules.VenueTrading,
        MarketRules.BookInSync,
        MarketRules.Fresh,
        ConditionRules.ClockInStep,
        ConditionRules.FeedQuick,
        ExposureRules.Reducing,
        MarketRules.NothingInFlight,
        ExposureRules.Position,
        ExposureRules.OrderNotional,
        OrderRules.GrossExposure,
        OrderRules.OpenOrders,
        OrderRules.Rate,
        OrderRules.NotDuplicate,
        OrderRules.NotFatFinger,
        ValuationRules.FeesValued,
        ConditionRules.CostBelowEdge,
        ConditionRules.ModelFresh,
        ConditionRules.InDistribution,
        ConditionRules.CalmEnough,
        ConditionRules.Liquid,
        MarketRules.SpreadNarrow,
        MarketRules.CooledDown,
        ExposureRules.Balance,
        VenueRules.Lot,
        VenueRules.MinNotional,
        VenueRules.PercentPrice,
        OrderRules.VenueFilters,
    ];

    /// <summary>Of an operator's order: several may be open at once, and none waits for the last one's cool-down.</summary>
    public static readonly RiskRule[] OfOperators =
        [.. OfStrategies.Where(rule => rule != MarketRules.NothingInFlight && rule != MarketRules.CooledDown && rule != MarketRules.SpreadNarrow)];
}
