namespace BtcAgent.Domain.Execution.Slicing;

/// <summary>Prices of children, on the tick and within the parent's limit.</summary>
internal static class ChildPricing
{
    /// <summary>Null while there is no price to be had: no two-sided quote, or an offset that leaves none.</summary>
    public static Price? PriceOf(SliceState state)
    {
        var plan = state.Plan;
        if (plan.Algorithm == SliceAlgorithm.Iceberg)
        {
            return plan.LimitPrice;
        }

        if (!state.HasQuote)
        {
            return null;
        }

        var buying = plan.Side == Side.Buy;
        var near = buying ? state.Bid : state.Ask;
        if (plan.Algorithm == SliceAlgorithm.Peg)
        {
            return buying && plan.PegOffset >= near
                ? null
                : Bounded(plan, buying ? near - plan.PegOffset : near + plan.PegOffset);
        }

        return Bounded(plan, plan.CrossesSpread ? FarTouch(state) : near);
    }

    public static Price FarTouch(SliceState state) =>
        state.Plan.Side == Side.Buy ? state.Ask : state.Bid;

    private static Price? Bounded(SlicePlan plan, Price price)
    {
        if (plan.Rules.TickSize is { IsZero: false } tick)
        {
            price = plan.Side == Side.Buy ? price.RoundDownToTick(tick) : price.RoundUpToTick(tick);
        }

        if (plan.LimitPrice is { } limit && (plan.Side == Side.Buy ? price > limit : price < limit))
        {
            price = limit;
        }

        return price.IsZero ? null : price;
    }
}
