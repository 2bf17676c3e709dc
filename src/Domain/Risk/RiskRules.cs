using System.Collections.Immutable;

namespace BtcAgent.Domain.Risk;

/// <summary>
/// Every rule of <c>docs/risk.md</c>, in order of evaluation; the table there, the API's view and the engine read these
/// rows. A rule without <see cref="RiskRule.Ask"/> is evaluated by the engine itself, before an order has a size, or by
/// another rule.
/// </summary>
public static class RiskRules
{
    public static ImmutableArray<RiskRule> All { get; } =
    [
        new(
            RiskCodes.DailyLoss,
            "equity lost since the first mark of the UTC day; more sets the breaker to Reducing until the next "
                + "UTC day",
            "fraction of the day's first equity")
        { Limit = nameof(RiskLimits.DailyLossLimit), Exempts = RuleExemption.Reducing },
        new(
            RiskCodes.WeeklyLoss,
            "equity lost since the first mark of the UTC week (Monday); more sets the breaker to Reducing until "
                + "the next week",
            "fraction of the week's first equity")
        { Limit = nameof(RiskLimits.WeeklyLossLimit), Exempts = RuleExemption.Reducing },
        new(
            RiskCodes.LosingStreak,
            "closes in a row that lowered the gross realised profit (before fees); more sets the breaker to "
                + "Reducing for the cool-off",
            "count") { Limit = nameof(RiskLimits.MaxLosingStreak), Exempts = RuleExemption.Reducing },
        new(
            RiskCodes.Drawdown,
            "equity below the high-water mark; more halts until an operator resumes",
            "fraction of the mark") { Limit = nameof(RiskLimits.MaxDrawdown) },
        new(RiskCodes.NoQuote, "best bid and ask are both known", "–"),
        new(RiskCodes.CrossedBook, "best bid is below best ask", "bid and ask, quote asset"),
        new(RiskCodes.Reconciling, "orders at the venue are known for sure", "–")
        { Exempts = RuleExemption.Reducing, Ask = MarketRules.NotReconciling },
        new(RiskCodes.Halted, "the breaker is not Halted", "–") { Ask = MarketRules.NotHalted },
        new(RiskCodes.UnknownInstrument, "the portfolio trades this instrument", "–")
        { Ask = ConditionRules.KnownInstrument },
        new(RiskCodes.NotArmed, "an operator has allowed orders", "–") { Ask = MarketRules.Armed },
        new(
            RiskCodes.VenueNotTrading,
            "the venue's status of the instrument is TRADING; another one, such as `CANCEL_ONLY`, is named",
            "–") { Ask = MarketRules.VenueTrading },
        new(
            RiskCodes.BookNotInSync,
            "the rebuilt book is the venue's; for a manual order, the feed is connected",
            "–") { Ask = MarketRules.BookInSync },
        new(RiskCodes.StaleData, "event time since the last market event", "ms")
        { Limit = nameof(RiskLimits.StaleDataMs), Ask = MarketRules.Fresh },
        new(
            RiskCodes.ClockSkew,
            "the venue's clock against ours, either way, as the feed measured it within the last minute",
            "ms")
        {
            Limit = nameof(RiskLimits.MaxClockSkewMs),
            Exempts = RuleExemption.Reducing,
            Ask = ConditionRules.ClockInStep,
        },
        new(RiskCodes.FeedLatency, "our clock at the last event less the newest venue time", "ms")
        {
            Limit = nameof(RiskLimits.MaxFeedLatencyMs),
            Exempts = RuleExemption.Reducing,
            Ask = ConditionRules.FeedQuick,
        },
        new(RiskCodes.Reducing, "the breaker lets positions grow; an order through zero is clipped to zero", "–")
        { Exempts = RuleExemption.Reducing, Clips = true, Ask = ExposureRules.Reducing },
        new(RiskCodes.OrderInFlight, "other open orders of this strategy on the instrument", "count")
        { Fixed = "0", IsForStrategiesOnly = true, Ask = MarketRules.NothingInFlight },
        new(
            RiskCodes.MaxPosition,
            "position after the order and after all that other open orders may still fill on its side, an "
                + "operator's, too; clipped to the room left",
            "base asset: the smaller of `MaxPositionBase` and this ÷ mid")
        {
            Limit = nameof(RiskLimits.MaxPositionNotional),
            Exempts = RuleExemption.Reducing,
            Clips = true,
            Ask = ExposureRules.Position,
        },
        new(RiskCodes.MaxOrderNotional, "quantity × mid; clipped", "quote asset")
        {
            Limit = nameof(RiskLimits.MaxOrderNotional),
            Exempts = RuleExemption.Sliced,
            Clips = true,
            Ask = ExposureRules.OrderNotional,
        },
        new(
            RiskCodes.MaxGrossExposure,
            "all positions at their marks, this one as it would be, open orders included",
            "quote asset")
        {
            Limit = nameof(RiskLimits.MaxGrossExposure),
            Exempts = RuleExemption.Reducing,
            Ask = OrderRules.GrossExposure,
        },
        new(RiskCodes.MaxOpenOrders, "open orders of any instrument, this one included", "count")
        { Limit = nameof(RiskLimits.MaxOpenOrders), Exempts = RuleExemption.Reducing, Ask = OrderRules.OpenOrders },
        new(RiskCodes.OrderRate, "orders of this minute of event time, this one included", "count")
        { Limit = nameof(RiskLimits.MaxOrdersPerMinute), Exempts = RuleExemption.Reducing, Ask = OrderRules.Rate },
        new(RiskCodes.DuplicateDecision, "the decision's order, if it is open already, is the same order", "–")
        { Ask = OrderRules.NotDuplicate },
        new(RiskCodes.FatFinger, "limit price against mid, either way", "basis points")
        { Limit = nameof(RiskLimits.MaxLimitDistanceBps), Ask = OrderRules.NotFatFinger },
        new(
            RiskCodes.UnvaluedFees,
            "age of the oldest price of an asset that fees are paid in and that is not traded, such as BNB; "
                + "without any price it fails",
            "ms of event time")
        {
            Limit = nameof(RiskLimits.MaxValuationAgeMs),
            Exempts = RuleExemption.Reducing,
            Ask = ValuationRules.FeesValued,
        },
        new(
            RiskCodes.ExpectedCost,
            "spread, fees and slippage of both sides, times `Placement:CostMargin`, against the move the signal expects; "
                + "the fees are the portfolio's, or `RoundTripFeeBps`; a failure is a *Hold*: the strategy waits",
            "basis points")
        {
            Limit = nameof(RiskLimits.RoundTripFeeBps),
            Exempts = RuleExemption.Reducing,
            Ask = ConditionRules.CostBelowEdge,
        },
        new(RiskCodes.ModelTooOld, "event time since the newest data that the model was trained on", "days")
        {
            Limit = nameof(RiskLimits.MaxModelAgeDays),
            Exempts = RuleExemption.Reducing,
            Ask = ConditionRules.ModelFresh,
        },
        new(
            RiskCodes.OutOfDistribution,
            "features outside the range the model knows; the signal has its own check",
            "count")
        {
            Limit = nameof(RiskLimits.MaxFeaturesOutOfRange),
            Exempts = RuleExemption.Reducing,
            Ask = ConditionRules.InDistribution,
        },
        new(RiskCodes.VolatilityRegime, "annual volatility of returns", "fraction")
        {
            Limit = nameof(RiskLimits.MaxAnnualVolatility),
            Exempts = RuleExemption.Reducing,
            Ask = ConditionRules.CalmEnough,
        },
        new(RiskCodes.Liquidity, "quantity against the quantity at the touch", "multiple")
        { Limit = nameof(RiskLimits.MaxTouchMultiple), Exempts = RuleExemption.Reducing, Ask = ConditionRules.Liquid },
        new(RiskCodes.WideSpread, "spread over mid", "basis points")
        {
            Limit = nameof(RiskLimits.MaxSpreadBps),
            Exempts = RuleExemption.Reducing,
            IsForStrategiesOnly = true,
            Ask = MarketRules.SpreadNarrow,
        },
        new(RiskCodes.CoolDown, "event time since the last order", "ms")
        {
            Limit = nameof(RiskLimits.CoolDownMs),
            Exempts = RuleExemption.Reducing,
            IsForStrategiesOnly = true,
            Ask = MarketRules.CooledDown,
        },
        new(
            RiskCodes.InsufficientBalance,
            "cost with a buffer of `CostBufferBps` (buy) or quantity (sell; not checked when shorts are allowed) "
                + "against the balance less open orders",
            "quote or base asset") { Ask = ExposureRules.Balance },
        new(RiskCodes.Lot, "the venue's lot, smallest and largest quantity", "base asset")
        { Fixed = "venue", Ask = VenueRules.Lot },
        new(RiskCodes.MinNotional, "quantity × the venue's reference price, mid where it has none", "quote asset")
        { Fixed = "venue", Ask = VenueRules.MinNotional },
        new(
            RiskCodes.PercentPrice,
            "price to be taken against the venue's reference price, mid where it has none",
            "quote asset") { Fixed = "venue", Ask = VenueRules.PercentPrice },
        new(RiskCodes.PriceTick, "limit and stop price: tick, lowest and highest of the venue", "quote asset")
        { Fixed = "venue" },
        new(RiskCodes.MaxNotional, "price × quantity", "quote asset") { Fixed = "venue" },
        new(
            RiskCodes.VenueFilter,
            "every other filter of `exchangeInfo`: order types, trailing delta, open and algo "
                + "orders, position, asset",
            "–") { Fixed = "venue", Ask = OrderRules.VenueFilters },
        new(
            RiskCodes.UnmanagedStop,
            "checked only while the strategy cannot judge its position (`MODEL_NOT_READY`, `SENTIMENT_UNKNOWN`, `CALENDAR_UNKNOWN`, `NOT_WARM`), as after a "
                + "restart: loss of the position; more closes it at market",
            "basis points of its average price")
        { Limit = nameof(RiskLimits.UnmanagedStopBps), Exempts = RuleExemption.NotAsked },
        new(
            RiskCodes.SystemBreaker,
            "breakers on the agent's health that are tripped, when their action is Deny",
            "count") { Fixed = "0", Exempts = RuleExemption.Reducing },
    ];

    /// <summary>The rules for strategies' orders. Each may clip the quantity for the next one.</summary>
    internal static ImmutableArray<RiskRule> OfStrategies { get; } = [.. All.Where(rule => rule.Ask is not null)];

    /// <summary>The rules for operators' orders: several may be open at once, and none waits for a cool-down.</summary>
    internal static ImmutableArray<RiskRule> OfOperators { get; } = [.. OfStrategies.Where(rule => !rule.IsForStrategiesOnly)];
}
