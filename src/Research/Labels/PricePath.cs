using BtcAgent.Domain.Bars;
using BtcAgent.Research.Datasets;

namespace BtcAgent.Research.Labels;

/// <summary>
/// Price steps in order of time, each with its range, for labels to look ahead on. A step counts for a row only when it
/// starts at or after the row and ends after it.
/// </summary>
public sealed class PricePath
{
    private readonly int[] _pausesUpTo;

    private PricePath(int steps, TimeSpan maxPause)
    {
        MaxPause = maxPause;
        _pausesUpTo = new int[steps];
        Starts = new Timestamp[steps];
        Ends = new Timestamp[steps];
        Opens = new double[steps];
        Highs = new double[steps];
        Lows = new double[steps];
        Closes = new double[steps];
    }

    public int Steps => Starts.Length;

    /// <summary>
    /// Longest time between the end of a step and the start of the next that is not a gap. Labels across a gap are unknown.
    /// </summary>
    public TimeSpan MaxPause { get; }

    public Timestamp[] Starts { get; }

    public Timestamp[] Ends { get; }

    public double[] Opens { get; }

    public double[] Highs { get; }

    public double[] Lows { get; }

    public double[] Closes { get; }

    /// <param name="bars">Bars, ascending.</param>
    /// <param name="maxPause">
    /// Longest time without a bar that counts as a quiet market rather than missing data, such as 60 intervals, the longest
    /// run of empty bars of a live bar builder.
    /// </param>
    public static PricePath FromBars(ReadOnlySpan<Bar> bars, TimeSpan maxPause)
    {
        var path = new PricePath(bars.Length, maxPause);
        for (var i = 0; i < bars.Length; i++)
        {
            ref readonly var bar = ref bars[i];
            path.Starts[i] = bar.OpenTime;
            path.Ends[i] = bar.CloseTime;
            path.Opens[i] = bar.Open.ToDouble();
            path.Highs[i] = bar.High.ToDouble();
            path.Lows[i] = bar.Low.ToDouble();
            path.Closes[i] = bar.Close.ToDouble();
        }

        return path.CountPauses();
    }

    /// <summary>Creates a path from the prices at the rows' times.</summary>
    public static PricePath FromRows(FeatureDataset dataset, TimeSpan maxPause)
    {
        var path = new PricePath(dataset.Rows, maxPause);
        dataset.Times.CopyTo(path.Starts, 0);
        dataset.Times.CopyTo(path.Ends, 0);
        foreach (var prices in new[] { path.Opens, path.Highs, path.Lows, path.Closes })
        {
            dataset.Prices.CopyTo(prices, 0);
        }

        return path.CountPauses();
    }

    /// <summary>The steps that end at or before an instant: the path as it was known then.</summary>
    public PricePath Until(Timestamp end)
    {
        var found = Array.BinarySearch(Ends, end);
        var steps = found >= 0 ? found + 1 : ~found;
        var path = new PricePath(steps, MaxPause);
        Array.Copy(Starts, path.Starts, steps);
        Array.Copy(Ends, path.Ends, steps);
        Array.Copy(Opens, path.Opens, steps);
        Array.Copy(Highs, path.Highs, steps);
        Array.Copy(Lows, path.Lows, steps);
        Array.Copy(Closes, path.Closes, steps);
        return path.CountPauses();
    }

    /// <summary>True when there is no gap between the instant and the end of the step.</summary>
    internal bool IsWhole(Timestamp from, int firstStep, int lastStep) =>
        Starts[firstStep] - from <= MaxPause && _pausesUpTo[lastStep] == _pausesUpTo[firstStep];

    private PricePath CountPauses()
    {
        for (var i = 1; i < Steps; i++)
        {
            if (Starts[i] < Ends[i - 1] || Ends[i] <= Ends[i - 1])
            {
                throw new ArgumentException($"price step {i} at {Starts[i]} is not after the one that ends at {Ends[i - 1]}");
            }

            _pausesUpTo[i] = _pausesUpTo[i - 1] + (Starts[i] - Ends[i - 1] > MaxPause ? 1 : 0);
        }

        return this;
    }
}
