namespace BtcAgent.Domain.Execution.Slicing;

/// <summary>Where the clock stands in a plan, and how much should be filled or open by then.</summary>
internal static class SliceSchedule
{
    /// <summary>Index of the span that holds an instant between start and end.</summary>
    public static int SpanAt(SlicePlan plan, Timestamp now)
    {
        var passed = (Int128)(now.UnixNanoseconds - plan.StartTime.UnixNanoseconds);
        var length = (Int128)(plan.EndTime.UnixNanoseconds - plan.StartTime.UnixNanoseconds);
        return (int)Int128.Clamp(passed * plan.SpanCount / length, 0, plan.SpanCount - 1);
    }

    /// <summary>Due by the end of a span: rounded down to the lot, and all of it by the last.</summary>
    public static Quantity Target(SlicePlan plan, int span)
    {
        if (span >= plan.SpanCount - 1)
        {
            return plan.Quantity;
        }

        var share = plan.Algorithm == SliceAlgorithm.Vwap
            ? plan.Weights.Take(span + 1).Sum() / plan.Weights.Sum()
            : (span + 1m) / plan.SpanCount;
        var units = decimal.ToInt64(decimal.Floor(plan.Quantity.Units * share));
        return Quantity.FromUnits(units - (units % ChildSizing.LotOf(plan.Rules)));
    }
}
