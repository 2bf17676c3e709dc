using BtcAgent.Domain.Features;

namespace BtcAgent.Domain.Risk;

/// <summary>Rules on the condition of the market and the agent. All of them check every order.</summary>
internal static class MarketRules
{
    public static RiskCheck HasQuote(FeatureSample sample) =>
        new(RiskCodes.NoQuote, sample.Quote.IsTwoSided, null, null);

    public static RiskCheck NotCrossed(FeatureSample sample) =>
        new(RiskCodes.CrossedBook, !sample.Quote.IsCrossed, sample.Quote.Bid.ToDecimal(), sample.Quote.Ask.ToDecimal());

    public static RuleVerdict NotHalted(RiskContext context, Quantity quantity) => new(new(
        RiskCodes.Halted, context.Breaker.Mode != BreakerMode.Halted, null, null, BreakerDetail(context)));

    public static RuleVerdict Armed(RiskContext context, Quantity quantity) =>
        new(new(RiskCodes.NotArmed, context.Input.Armed, null, null));

    /// <summary>While orders are reconciled with the venue, only orders that reduce the position pass.</summary>
    public static RuleVerdict NotReconciling(RiskContext context, Quantity quantity)
    {
        var reduces = context.Reduces(quantity);
        return new(new(
            RiskCodes.Reconciling, !context.Input.Reconciling || reduces, null, null, reduces && context.Input.Reconciling ? "reduces risk" : null));
    }

    public static RuleVerdict VenueTrading(RiskContext context, Quantity quantity) =>
        new(new(RiskCodes.VenueNotTrading, context.Input.Rules.IsTrading, null, null, context.Input.Rules.ClosedBecause));

    public static RuleVerdict Fresh(RiskContext context, Quantity quantity)
    {
        var age = context.Input.Sample.EventTime - context.Input.Sample.LastEventTime;
        var ageMs = (decimal)age.Ticks / TimeSpan.TicksPerMillisecond;
        return new(new(RiskCodes.StaleData, ageMs <= context.Limits.StaleDataMs, ageMs, context.Limits.StaleDataMs));
    }

    public static RuleVerdict BookInSync(RiskContext context, Quantity quantity) =>
        new(new(RiskCodes.BookNotInSync, context.Input.Sample.BookInSync, null, null));

    public static RuleVerdict SpreadNarrow(RiskContext context, Quantity quantity)
    {
        var quote = context.Input.Sample.Quote;
        var bps = 10_000 * (quote.Ask.ToDecimal() - quote.Bid.ToDecimal()) / quote.Mid;
        return Exempting(context, quantity, RiskCodes.WideSpread, bps, context.Limits.MaxSpreadBps);
    }

    /// <summary>
    /// Counts only this strategy's orders: an operator's resting order must not keep a strategy from closing its position.
    /// The rules on position, exposure and balance count what other orders may still fill.
    /// </summary>
    public static RuleVerdict NothingInFlight(RiskContext context, Quantity quantity)
    {
        var open = context.OtherOrdersHere.Count(order =>
            order.Intent.Strategy is null || order.Intent.Strategy == context.Input.Signal.Strategy);
        return new(new(RiskCodes.OrderInFlight, open == 0, open, 0));
    }

    public static RuleVerdict CooledDown(RiskContext context, Quantity quantity)
    {
        // The same instant is a repeat of the same decision and must give the same result.
        if (context.LastOrderTime is not { } last || last == context.Input.Sample.EventTime)
        {
            return new(new(RiskCodes.CoolDown, true, null, context.Limits.CoolDownMs));
        }

        var elapsedMs = (decimal)(context.Input.Sample.EventTime - last).Ticks / TimeSpan.TicksPerMillisecond;
        var reduces = context.Reduces(quantity);
        // An order from the future was made before the clock was set back: the time since then is unknown.
        var passed = elapsedMs >= context.Limits.CoolDownMs || elapsedMs < 0 || reduces;
        return new(
            new(RiskCodes.CoolDown, passed, elapsedMs, context.Limits.CoolDownMs, reduces ? "reduces risk" : null));
    }

    private static RuleVerdict Exempting(
        RiskContext context, Quantity quantity, string code, decimal value, decimal limit)
    {
        var reduces = context.Reduces(quantity);
        return new(new(code, value <= limit || reduces, value, limit, reduces ? "reduces risk" : null));
    }

    private static string? BreakerDetail(RiskContext context) =>
        context.Breaker.Mode == BreakerMode.Active ? null : context.Breaker.Reason;
}
