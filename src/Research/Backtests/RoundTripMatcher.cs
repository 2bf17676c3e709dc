using System.Collections.Immutable;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// Pairs orders that open with orders that close, first in, first out; fees are divided by quantity. An order may fill in parts:
/// what one order opened and one order closed is one round trip, at their mean prices.
/// </summary>
internal static class RoundTripMatcher
{
    private const int PriceDecimals = 8;

    /// <param name="fills">In order of time.</param>
    /// <param name="orders">The order of each fill; null when each fill is an order.</param>
    public static ImmutableArray<RoundTrip> Match(IReadOnlyList<BacktestFill> fills, IReadOnlyList<string>? orders = null)
    {
        var trips = ImmutableArray.CreateBuilder<RoundTrip>(fills.Count / 2);
        var tripOf = new Dictionary<(string Entry, string Exit), int>();
        var (open, oldest) = (new List<Lot>(), 0);
        for (var i = 0; i < fills.Count; i++)
        {
            var fill = fills[i];
            var left = new Lot(i, fill.Side, fill.Quantity, fill.Fee);
            while (left.Quantity > 0 && oldest < open.Count && open[oldest].Side != fill.Side)
            {
                var quantity = Math.Min(left.Quantity, open[oldest].Quantity);
                open[oldest] = open[oldest].Take(quantity, out var entryFee);
                left = left.Take(quantity, out var exitFee);
                Add(open[oldest].Fill, i, Pair(fills[open[oldest].Fill], in fill, quantity, entryFee + exitFee));
                oldest += open[oldest].Quantity == 0 ? 1 : 0;
            }

            if (oldest == open.Count)
            {
                open.Clear();
                oldest = 0;
            }

            if (left.Quantity > 0)
            {
                open.Add(left);
            }
        }

        return trips.DrainToImmutable();

        void Add(int entry, int exit, RoundTrip part)
        {
            if (orders is null)
            {
                trips.Add(part);
            }
            else if (tripOf.TryGetValue((orders[entry], orders[exit]), out var at))
            {
                trips[at] = Joined(trips[at], part);
            }
            else
            {
                tripOf[(orders[entry], orders[exit])] = trips.Count;
                trips.Add(part);
            }
        }
    }

    private static RoundTrip Joined(in RoundTrip first, in RoundTrip next)
    {
        var quantity = first.Quantity + next.Quantity;
        return first with
        {
            ExitTime = next.ExitTime,
            Quantity = quantity,
            EntryPrice = Mean(first.EntryPrice, first.Quantity, next.EntryPrice, next.Quantity),
            ExitPrice = Mean(first.ExitPrice, first.Quantity, next.ExitPrice, next.Quantity),
            GrossPnl = first.GrossPnl + next.GrossPnl,
            Fees = first.Fees + next.Fees,
            Exit = next.Exit,
        };
    }

    private static decimal Mean(decimal a, decimal weightA, decimal b, decimal weightB) =>
        a == b ? a : Math.Round(((a * weightA) + (b * weightB)) / (weightA + weightB), PriceDecimals);

    private static RoundTrip Pair(BacktestFill entry, in BacktestFill exit, decimal quantity, decimal fees)
    {
        var gross = quantity * (entry.Side == Side.Buy ? exit.Price - entry.Price : entry.Price - exit.Price);
        return new RoundTrip(entry.EventTime, exit.EventTime, entry.Side, quantity, entry.Price, exit.Price, gross, fees, exit.Reason);
    }

    /// <summary>The unmatched rest of a fill; the fees of its parts add up exactly to the fee of the fill.</summary>
    private readonly record struct Lot(int Fill, Side Side, decimal Quantity, decimal Fee)
    {
        private const int FeeDecimals = 16;

        public Lot Take(decimal quantity, out decimal fee)
        {
            fee = quantity == Quantity ? Fee : Math.Round(Fee * quantity / Quantity, FeeDecimals);
            return this with { Quantity = Quantity - quantity, Fee = Fee - fee };
        }
    }
}
