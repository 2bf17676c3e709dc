using System.Collections.Immutable;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Slicing;

/// <summary>
/// Works a parent order by child orders: state and event give the next state and what to send. The quantity of a child
/// that is being cancelled comes back only when the child has ended, so that filled and open never pass the parent.
/// </summary>
public static class Slicer
{
    /// <summary>Children of one parent; the parent is given up when they are used.</summary>
    public const int ChildrenMax = 1_000;

    /// <summary>Children open at once.</summary>
    public const int OpenChildrenMax = 20;

    public const int SpansMax = 500;

    /// <summary>Children that may end in a row without a fill or a cancel before the parent is given up.</summary>
    public const int RefusalsMax = 5;

    /// <exception cref="ArgumentException"><see cref="SlicePlan.Problem"/> has something to say.</exception>
    public static SliceState Start(SlicePlan plan) =>
        plan.Problem() is { } problem ? throw new ArgumentException(problem, nameof(plan)) : new() { Plan = plan };

    public static SliceStep Apply(SliceState state, SliceEvent happened)
    {
        if (state.IsDone)
        {
            return new(state, []);
        }

        var actions = ImmutableArray.CreateBuilder<SliceAction>();
        var next = Advance(SliceFacts.Observe(state, happened), happened.Kind == SliceEventKind.Cancel, actions);
        return new(next, actions.DrainToImmutable());
    }

    private static SliceState Advance(
        SliceState state, bool cancelled, ImmutableArray<SliceAction>.Builder actions)
    {
        if (state.Phase != SlicePhase.Cancelling && (cancelled || GivenUp(state) is not null))
        {
            var reason = cancelled ? "cancelled" : GivenUp(state);
            state = CancelAll(state with { Phase = SlicePhase.Cancelling, Reason = reason }, actions);
        }
        else if (state.Phase == SlicePhase.Working && state.Now >= state.Plan.EndTime)
        {
            state = CancelAll(state with { Phase = SlicePhase.Ending }, actions);
        }

        if (state.Phase == SlicePhase.Working && state.Filled < state.Plan.Quantity)
        {
            return state.Now >= state.Plan.StartTime ? Work(state, actions) : state;
        }

        if (!state.Children.IsEmpty)
        {
            return state;
        }

        var sweeps = state is { Phase: SlicePhase.Ending, Plan.Leftover: LeftoverPolicy.Sweep }
            && !state.Unallocated.IsZero;
        return !sweeps ? state with { Phase = SlicePhase.Done }
            : state.HasQuote ? Sweep(state, actions) : state;
    }

    private static string? GivenUp(SliceState state) =>
        state.Refusals >= RefusalsMax ? $"{RefusalsMax} children in a row ended without a fill"
        : state.NextChild >= ChildrenMax && state.Children.IsEmpty ? $"all {ChildrenMax} children are used" : null;

    private static SliceState Work(SliceState state, ImmutableArray<SliceAction>.Builder actions)
    {
        var price = ChildPricing.PriceOf(state);
        if (price is not { } limit)
        {
            return state;
        }

        var plan = state.Plan;
        if (!plan.FollowsSchedule)
        {
            state = plan.Algorithm == SliceAlgorithm.Peg ? Reprice(state, limit, actions) : state;
            var least = ChildSizing.Least(plan.Rules, limit, market: false);
            var visible = plan.VisibleQuantity ?? plan.Quantity;
            return state.Children.IsEmpty
                ? Place(state, visible < least ? least : visible, limit, actions, once: true)
                : state;
        }

        var span = SliceSchedule.SpanAt(plan, state.Now);
        if (span > state.Span)
        {
            foreach (var child in state.Children)
            {
                state = CancelIfReplaceable(state, child, limit, actions);
            }

            state = state with { Span = span };
        }

        var target = SliceSchedule.Target(plan, span);
        var used = state.Filled + state.Open;
        return target > used ? Place(state, target - used, limit, actions, once: false) : state;
    }

    private static SliceState Reprice(SliceState state, Price wanted, ImmutableArray<SliceAction>.Builder actions)
    {
        foreach (var child in state.Children)
        {
            var moved = Math.Abs(wanted.Units - (child.LimitPrice?.Units ?? wanted.Units));
            if (moved > 0 && moved >= state.Plan.RepriceThreshold.Units
                && state.Now >= child.PlacedAt + state.Plan.RepriceInterval)
            {
                state = CancelIfReplaceable(state, child, wanted, actions);
            }
        }

        return state;
    }

    /// <summary>A child whose rest would be too small to place again stays where it is.</summary>
    private static SliceState CancelIfReplaceable(
        SliceState state, ChildOrder child, Price price, ImmutableArray<SliceAction>.Builder actions) =>
        child.Remaining + state.Unallocated >= ChildSizing.Least(state.Plan.Rules, price, market: false)
            ? Cancel(state, child, actions)
            : state;

    private static SliceState Place(
        SliceState state, Quantity wanted, Price limit, ImmutableArray<SliceAction>.Builder actions, bool once)
    {
        while (!wanted.IsZero && CanPlace(state))
        {
            var size = ChildSizing.Size(
                state.Plan.Rules, wanted, state.Unallocated, SliceFacts.ParticipationLeft(state), limit, market: false);
            if (size.IsZero)
            {
                break;
            }

            state = Add(state, size, limit, TimeInForce.GoodTillCanceled, actions);
            wanted = once || size >= wanted ? Quantity.Zero : wanted - size;
        }

        return state;
    }

    private static SliceState Sweep(SliceState state, ImmutableArray<SliceAction>.Builder actions)
    {
        var plan = state.Plan;
        var market = plan.LimitPrice is null;
        var measure = plan.LimitPrice ?? ChildPricing.FarTouch(state);
        while (CanPlace(state))
        {
            var left = state.Unallocated;
            var size = ChildSizing.Size(plan.Rules, left, left, left, measure, market);
            if (size.IsZero)
            {
                break;
            }

            state = Add(state, size, plan.LimitPrice, TimeInForce.ImmediateOrCancel, actions);
        }

        return state with { Phase = state.Children.IsEmpty ? SlicePhase.Done : SlicePhase.Sweeping };
    }

    private static bool CanPlace(SliceState state) =>
        state.Children.Length < OpenChildrenMax && state.NextChild < ChildrenMax;

    private static SliceState Add(
        SliceState state, Quantity size, Price? limit, TimeInForce time, ImmutableArray<SliceAction>.Builder actions)
    {
        var id = state.Plan.ChildId(state.NextChild);
        actions.Add(new()
        {
            ClientOrderId = id,
            IsCancel = false,
            Quantity = size,
            LimitPrice = limit,
            TimeInForce = time,
        });
        var child = new ChildOrder { ClientOrderId = id, Quantity = size, LimitPrice = limit, PlacedAt = state.Now };
        return state with { Children = state.Children.Add(child), NextChild = state.NextChild + 1 };
    }

    private static SliceState CancelAll(SliceState state, ImmutableArray<SliceAction>.Builder actions)
    {
        foreach (var child in state.Children)
        {
            state = Cancel(state, child, actions);
        }

        return state;
    }

    private static SliceState Cancel(
        SliceState state, ChildOrder child, ImmutableArray<SliceAction>.Builder actions)
    {
        if (child.IsCancelling)
        {
            return state;
        }

        actions.Add(new() { ClientOrderId = child.ClientOrderId, IsCancel = true });
        return state with { Children = state.Children.Replace(child, child with { IsCancelling = true }) };
    }
}
