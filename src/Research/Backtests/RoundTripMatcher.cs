using System.Collections.Immutable;

namespace BtcAgent.Research.Backtests;

/// <summary>Pairs fills that open with fills that close, first in, first out; fees are divided by quantity.</summary>
internal static class RoundTripMatcher
{
    public static ImmutableArray<RoundTrip> Match(IReadOnlyList<BacktestFill> fills)
    {
        var trips = ImmutableArray.CreateBuilder<RoundTrip>(fills.Count / 2);
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
                trips.Add(Pair(fills[open[oldest].Fill], in fill, quantity, entryFee + exitFee));
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
    }

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
