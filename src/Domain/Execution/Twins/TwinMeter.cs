using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Twins;

/// <summary>
/// Compares live orders with their twins and averages over recent comparisons, so that the effect of a bad hour expires.
/// Times come from a monotonic clock.
/// </summary>
public sealed class TwinMeter(TwinOptions options)
{
    private readonly RecentValues<TwinSample> _samples = new(TimeSpan.FromMinutes(options.WindowMinutes), options.Window);

    public void Add(TwinSample sample, TimeSpan now) => _samples.Add(sample, now);

    /// <summary>Mean over the orders in the window that have it, in basis points; null when there are too few.</summary>
    public double? SlippageBps(TimeSpan now) => Average(now, sample => sample.SlippageBps);

    /// <summary>Mean over the orders in the window that have it, in milliseconds; null when there are too few.</summary>
    public double? DelayMs(TimeSpan now) => Average(now, sample => sample.DelayMs);

    /// <param name="live">The order at the venue.</param>
    /// <param name="liveFills">All of its fills.</param>
    /// <param name="twin">The simulated order of the same intent.</param>
    /// <param name="twinFills">All of its fills.</param>
    public static TwinSample Compare(
        Order live, IReadOnlyList<Fill> liveFills, Order twin, IReadOnlyList<Fill> twinFills)
    {
        var quantity = live.Intent.Quantity.ToDouble();
        double? slippage = null;
        if (live.AverageFillPrice is { } paid && twin.AverageFillPrice is { } promised)
        {
            var reference = live.Intent.ReferencePrice > 0 ? live.Intent.ReferencePrice : promised;
            var worse = live.Intent.Side == Side.Buy ? paid - promised : promised - paid;
            slippage = (double)(worse / reference * 10_000);
        }

        return new()
        {
            ClientOrderId = live.Intent.ClientOrderId,
            SlippageBps = slippage,
            DelayMs = MeanFillMs(liveFills, live.Intent.EventTime) - MeanFillMs(twinFills, live.Intent.EventTime),
            FillRatioShortfall = (twin.FilledQuantity.ToDouble() - live.FilledQuantity.ToDouble()) / quantity,
        };
    }

    private double? Average(TimeSpan now, Func<TwinSample, double?> value)
    {
        double[] known = [.. _samples.Read(now).Select(value).OfType<double>()];
        return known.Length < options.MinOrders ? null : known.Average();
    }

    private static double? MeanFillMs(IReadOnlyList<Fill> fills, Timestamp from)
    {
        var quantity = fills.Sum(fill => fill.Quantity.ToDouble());
        return quantity > 0
            ? fills.Sum(fill => (fill.EventTime - from).TotalMilliseconds * fill.Quantity.ToDouble()) / quantity
            : null;
    }
}
