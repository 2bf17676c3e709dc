using System.Collections.Immutable;

namespace BtcAgent.Research.Backtests;

/// <summary>Pairs fills that open with fills that close, first in, first out; fees go with the quantity.</summary>
internal static class RoundTripMatcher
{
    public static ImmutableArray<RoundTrip> Match(IReadOnlyList<BacktestFill> fills)
    {
        var trips = ImmutableArray.CreateBuilder<RoundTrip>();
        var open = new LinkedList<(BacktestFill Fill, decimal Left)>();
        foreach (var fill in fills)
        {
            var left = fill.Quantity;
            while (left > 0 && open.First is { } oldest && oldest.Value.Fill.Side != fill.Side)
            {
                var (entry, available) = oldest.Value;
                var quantity = Math.Min(left, available);
                trips.Add(Pair(entry, fill, quantity));
                left -= quantity;
                oldest.Value = (entry, available - quantity);
                if (available == quantity)
                {
                    open.RemoveFirst();
                }
            }

            if (left > 0)
            {
                open.AddLast((fill, left));
            }
        }

        return trips.ToImmutable();
    }

    private static RoundTrip Pair(BacktestFill entry, BacktestFill exit, decimal quantity)
    {
        var sign = entry.Side == Side.Buy ? 1 : -1;
        return new RoundTrip(
            entry.EventTime,
            exit.EventTime,
            entry.Side,
            quantity,
            entry.Price,
            exit.Price,
            sign * quantity * (exit.Price - entry.Price),
            (entry.Fee * quantity / entry.Quantity) + (exit.Fee * quantity / exit.Quantity));
    }
}
