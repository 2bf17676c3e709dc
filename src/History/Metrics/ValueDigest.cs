namespace BtcAgent.History.Metrics;

/// <summary>
/// Count, sum, extremes and quantiles of the values of one interval. Quantiles are within 1 % of a value that occurred: values
/// are counted in classes whose bounds differ by 2 %.
/// </summary>
internal sealed class ValueDigest
{
    /// <summary>Smaller sizes count as zero.</summary>
    private const double SizeMin = 1e-9;

    private static readonly double ClassWidth = Math.Log(1.02);

    private readonly SortedDictionary<int, long> _classes = [];

    public long Count { get; private set; }

    public double Sum { get; private set; }

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>Adds a value; one that is not finite is left out.</summary>
    public void Add(double value)
    {
        if (!double.IsFinite(value))
        {
            return;
        }

        Count++;
        Sum += value;
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
        var number = ClassOf(value);
        _classes[number] = _classes.GetValueOrDefault(number) + 1;
    }

    /// <param name="share">0…1.</param>
    public double Quantile(double share)
    {
        var rank = (long)Math.Ceiling(share * Count);
        foreach (var (number, count) in _classes)
        {
            rank -= count;
            if (rank <= 0)
            {
                return Math.Clamp(MiddleOf(number), Min, Max);
            }
        }

        return Max;
    }

    public void Clear()
    {
        _classes.Clear();
        (Count, Sum, Min, Max) = (0, 0, double.PositiveInfinity, double.NegativeInfinity);
    }

    /// <summary>0 for zero, positive classes from 1 on, negative ones mirrored.</summary>
    private static int ClassOf(double value)
    {
        var size = Math.Abs(value);
        return size < SizeMin ? 0 : Math.Sign(value) * (1 + (int)Math.Floor(Math.Log(size / SizeMin) / ClassWidth));
    }

    private static double MiddleOf(int number) =>
        number == 0 ? 0 : Math.Sign(number) * SizeMin * Math.Exp((Math.Abs(number) - 0.5) * ClassWidth);
}
