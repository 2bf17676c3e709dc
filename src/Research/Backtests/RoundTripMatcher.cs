using System.Collections.Immutable;

namespace BtcAgent.Research.Backtests;

/// <summary>Pairs fills that open with fills that close, first in, first out; fees go with the quantity.</summary>
internal static class RoundTripMatcher
{
    public static ImmutableArray<RoundTrip> Match(IReadOnlyList<BacktestFill> fills)
    {
        var trips = ImmutableArray.CreateBuilder<RoundTrip>();
        var open = new LinkedList<Lot>();
        foreach (var fill in fills)
        {
            var left = new Lot(fill, fill.Quantity, fill.Fee);
            while (left.Quantity > 0 && open.First is { } oldest && oldest.Value.Fill.Side != fill.Side)
            {
                var quantity = Math.Min(left.Quantity, oldest.Value.Quantity);
                oldest.Value = oldest.Value.Take(quantity, out var entryFee);
                left = left.Take(quantity, out var exitFee);
                trips.Add(Pair(oldest.Value.Fill, fill, quantity, entryFee + exitFee));
                if (oldest.Value.Quantity == 0)
                {
                    open.RemoveFirst();
                }
            }

            if (left.Quantity > 0)
            {
                open.AddLast(left);
            }
        }

        return trips.ToImmutable();
    }

    private static RoundTrip Pair(BacktestFill entry, BacktestFill exit, decimal quantity, decimal fees)
    {
        var sign = entry.Side == Side.Buy ? 1 : -1;
        return new RoundTrip(
            entry.EventTime, exit.EventTime, entry.Side, quantity, entry.Price, exit.Price, sign * quantity * (exit.Price - entry.Price), fees);
    }

    /// <summary>What is left of a fill; its parts' fees add up to the whole fee, to the last digit.</summary>
    private readonly record struct Lot(BacktestFill Fill, decimal Quantity, decimal Fee)
    {
        private const int FeeDecimals = 16;

        public Lot Take(decimal quantity, out decimal fee)
        {
            fee = quantity == Quantity ? Fee : Math.Round(Fee * quantity / Quantity, FeeDecimals);
            return new Lot(Fill, Quantity - quantity, Fee - fee);
        }
    }
}
