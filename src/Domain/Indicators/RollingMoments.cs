using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Indicators;

/// <summary>
/// Mean and population standard deviation of the last n values, summed from the window each time (n is small), so that
/// nothing drifts.
/// </summary>
public sealed class RollingMoments(int length) : IStateful
{
    private readonly double[] _window = new double[length];
    private int _next;

    public int Count { get; private set; }

    public bool IsWarm => Count == length;

    /// <summary>NaN until n values have been seen.</summary>
    public double Mean { get; private set; } = double.NaN;

    public double StandardDeviation
    {
        get
        {
            if (!IsWarm)
            {
                return double.NaN;
            }

            var sum = 0.0;
            foreach (var value in _window)
            {
                sum += (value - Mean) * (value - Mean);
            }

            return Math.Sqrt(sum / length);
        }
    }

    public void Add(double value)
    {
        _window[_next] = value;
        _next = (_next + 1) % length;
        Count = Math.Min(Count + 1, length);
        if (IsWarm)
        {
            var sum = 0.0;
            foreach (var each in _window)
            {
                sum += each;
            }

            Mean = sum / length;
        }
    }

    public void Save(StateWriter writer)
    {
        writer.Version(1);
        writer.Write(length);
        writer.Write(_window);
        writer.Write(_next);
        writer.Write(Count);
        writer.Write(Mean);
    }

    public void Load(StateReader reader)
    {
        reader.Version(nameof(RollingMoments), 1);
        reader.Require("window of moments", reader.ReadInt(), length);
        reader.Read(_window);
        _next = reader.ReadIndex("place in a window of moments", length);
        Count = reader.ReadCount("values in a window of moments", length);
        Mean = reader.ReadDouble();
    }
}
