using System.Globalization;
using BtcAgent.Domain.Orders;

namespace BtcAgent.Domain.Execution.Parity;

/// <summary>Compares live orders with their twins and keeps the score.</summary>
public static class ParityMeter
{
    /// <param name="live">The order at the venue.</param>
    /// <param name="liveFills">All of its fills.</param>
    /// <param name="twin">The simulated order of the same intent.</param>
    /// <param name="twinFills">All of its fills.</param>
    public static ParitySample Compare(
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

    /// <summary>A sample of an order that is among the recent ones changes nothing.</summary>
    public static ParityState Add(ParityState state, ParitySample sample, ParityOptions options)
    {
        if (state.Recent.Any(known => known.ClientOrderId == sample.ClientOrderId))
        {
            return state;
        }

        var recent = state.Recent.Add(sample);
        return new()
        {
            Recent = recent.Length > options.Window ? recent.RemoveRange(0, recent.Length - options.Window) : recent,
            SlippageBps = state.SlippageBps.With(sample.SlippageBps, options.Weight),
            DelayMs = state.DelayMs.With(sample.DelayMs, options.Weight),
            FillRatioShortfall = state.FillRatioShortfall.With(sample.FillRatioShortfall, options.Weight),
        };
    }

    /// <summary>Nearest-rank percentile over the recent orders that have the value; null when none has.</summary>
    /// <param name="state">Of the meter.</param>
    /// <param name="value">Such as <see cref="ParitySample.SlippageBps"/>.</param>
    /// <param name="percent">Over 0, to 100.</param>
    public static double? Percentile(ParityState state, Func<ParitySample, double?> value, double percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        double[] sorted = [.. state.Recent.Select(value).OfType<double>().Order()];
        return sorted.Length == 0 ? null : sorted[(int)Math.Ceiling(percent / 100 * sorted.Length) - 1];
    }

    public static ParityVerdict Judge(ParityState state, ParityOptions options)
    {
        var reasons = new[]
        {
            Past("slippage, bps,", state.SlippageBps, options.MaxSlippageBps),
            Past("fill delay, ms,", state.DelayMs, options.MaxDelayMs),
            Past("fill ratio shortfall", state.FillRatioShortfall, options.MaxFillRatioShortfall),
        }.OfType<string>().ToArray();
        return reasons.Length == 0 ? default : new(true, string.Join("; ", reasons));

        string? Past(string name, ParityAverage average, double most) =>
            average.Count >= options.MinOrders && average.Value > most
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"live {name} is {average.Value:0.###} beyond the simulation's, the most is {most:0.###}")
                : null;
    }

    private static double? MeanFillMs(IReadOnlyList<Fill> fills, Timestamp from)
    {
        var quantity = fills.Sum(fill => fill.Quantity.ToDouble());
        return quantity > 0
            ? fills.Sum(fill => (fill.EventTime - from).TotalMilliseconds * fill.Quantity.ToDouble()) / quantity
            : null;
    }
}
