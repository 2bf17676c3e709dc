namespace BtcAgent.Domain.Execution.Slicing;

/// <summary>Takes events into the state, before anything is decided.</summary>
internal static class SliceFacts
{
    public static SliceState Observe(SliceState state, SliceEvent happened)
    {
        if (happened.EventTime > state.Now)
        {
            state = state with { Now = happened.EventTime };
        }

        return happened.Kind switch
        {
            SliceEventKind.Quote => state with { Bid = happened.Quote.Bid, Ask = happened.Quote.Ask },
            SliceEventKind.Trade when happened.EventTime >= state.Plan.StartTime =>
                state with { MarketVolume = state.MarketVolume + happened.Quantity },
            SliceEventKind.ChildFilled => OfChild(state, happened, ended: false),
            SliceEventKind.ChildEnded => OfChild(state, happened, ended: true),
            _ => state,
        };
    }

    /// <summary>What the cap leaves to place; all of the parent when there is none.</summary>
    public static Quantity ParticipationLeft(SliceState state)
    {
        if (state.Plan.ParticipationCap is not { } cap)
        {
            return state.Plan.Quantity;
        }

        var allowed = Quantity.RoundDown(cap * state.MarketVolume.ToDecimal());
        var used = state.Filled + state.Open;
        return allowed > used ? allowed - used : Quantity.Zero;
    }

    private static SliceState OfChild(SliceState state, SliceEvent happened, bool ended)
    {
        var child = state.Children.FirstOrDefault(open => open.ClientOrderId == happened.ClientOrderId);
        if (child is null)
        {
            return state;
        }

        var filled = Quantity.Min(happened.Quantity, child.Quantity);
        var after = filled > child.Filled ? child with { Filled = filled } : child;
        state = state with
        {
            Filled = state.Filled + (after.Filled - child.Filled),
            Refusals = !after.Filled.IsZero ? 0 : ended && !child.IsCancelling ? state.Refusals + 1 : state.Refusals,
        };
        return state with
        {
            Children = ended || after.Remaining.IsZero
                ? state.Children.Remove(child)
                : state.Children.Replace(child, after),
        };
    }
}
