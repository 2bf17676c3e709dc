namespace BtcAgent.Domain.Risk;

/// <summary>
/// Rules on the agent's condition, its model and the market. An unknown value passes unless <c>docs/risk.md</c> states
/// otherwise.
/// </summary>
internal static class ConditionRules
{
    public static RuleVerdict KnownInstrument(RiskContext context, Quantity quantity) =>
        new(new(RiskCodes.UnknownInstrument, context.Input.Conditions.IsKnownInstrument, null, null, context.Input.Rules.Instrument.Key));

    public static RuleVerdict ClockInStep(RiskContext context, Quantity quantity) =>
        AtMost(context, quantity, RiskCodes.ClockSkew, context.Input.Conditions.ClockSkewMs, context.Limits.MaxClockSkewMs);

    public static RuleVerdict FeedQuick(RiskContext context, Quantity quantity) =>
        AtMost(context, quantity, RiskCodes.FeedLatency, context.Input.Conditions.FeedLatencyMs, context.Limits.MaxFeedLatencyMs);

    public static RuleVerdict ModelFresh(RiskContext context, Quantity quantity) =>
        AtMost(context, quantity, RiskCodes.ModelTooOld, context.Input.Conditions.ModelAgeDays, context.Limits.MaxModelAgeDays);

    public static RuleVerdict InDistribution(RiskContext context, Quantity quantity) => AtMost(
        context, quantity, RiskCodes.OutOfDistribution, context.Input.Conditions.FeaturesOutOfRange, context.Limits.MaxFeaturesOutOfRange);

    /// <summary>Annual volatility of returns, as a fraction.</summary>
    public static RuleVerdict CalmEnough(RiskContext context, Quantity quantity)
    {
        var annual = context.Input.Sample.VolatilityPerSqrtSecond * Math.Sqrt(PositionSizer.SecondsPerYear);
        decimal? value = double.IsFinite(annual) && annual < 1e9 ? (decimal)annual : null;
        return AtMost(context, quantity, RiskCodes.VolatilityRegime, value, context.Limits.MaxAnnualVolatility);
    }

    /// <summary>Compares the order's quantity with the quantity at the touch.</summary>
    public static RuleVerdict Liquid(RiskContext context, Quantity quantity)
    {
        var quote = context.Input.Sample.Quote;
        var touch = (context.Side == Side.Buy ? quote.AskQuantity : quote.BidQuantity).ToDecimal();
        decimal? multiple = touch > 0 ? quantity.ToDecimal() / touch : null;
        return AtMost(context, quantity, RiskCodes.Liquidity, multiple, context.Limits.MaxTouchMultiple);
    }

    /// <summary>Compares spread, both fees and slippage, times the margin, with the move that the signal expects.</summary>
    public static RuleVerdict CostBelowEdge(RiskContext context, Quantity quantity)
    {
        var edge = Math.Abs(context.Input.Signal.ExpectedMoveBps);
        if ((context.Limits.RoundTripFeeBps ?? context.Placement?.RoundTripBps) is not { } fees || !double.IsFinite(edge) || edge >= 1e9)
        {
            return new(new(RiskCodes.ExpectedCost, true, null, null));
        }

        var quote = context.Input.Sample.Quote;
        var cost = (10_000 * (quote.Ask.ToDecimal() - quote.Bid.ToDecimal()) / quote.Mid) + fees;
        var asked = cost * (context.Placement?.CostMargin ?? 1);
        return AtMost(context, quantity, RiskCodes.ExpectedCost, asked, (decimal)edge);
    }

    internal static RuleVerdict AtMost(RiskContext context, Quantity quantity, string code, decimal? value, decimal? limit)
    {
        var passed = value is null || limit is null || value <= limit;
        var reduces = !passed && context.Reduces(quantity);
        return new(new(code, passed || reduces, value, limit, reduces ? "reduces risk" : null));
    }
}
