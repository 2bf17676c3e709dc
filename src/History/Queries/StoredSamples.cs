namespace BtcAgent.History.Queries;

/// <summary>Feature samples in ascending order of time.</summary>
/// <param name="width">Features of a sample.</param>
public sealed class StoredSamples(int width)
{
    private readonly List<Timestamp> _times = [];
    private readonly List<double> _prices = [];
    private readonly List<float> _values = [];

    public int Count => _times.Count;

    /// <summary>Sampling instants.</summary>
    public Timestamp[] Times => [.. _times];

    /// <summary>Mid prices.</summary>
    public double[] Prices => [.. _prices];

    /// <summary>Row-major; NaN where unknown.</summary>
    public float[] Values => [.. _values];

    /// <summary>Samples left out because windows were filling, or the book was not in sync or had one side.</summary>
    public long WarmUp { get; internal set; }

    /// <summary>Samples left out because another version of the features made them.</summary>
    public long OtherSchema { get; internal set; }

    /// <summary>Adds a sample, unless one of its instant is there: after a restart an instant can be sampled twice.</summary>
    internal void Add(Timestamp time, double price, ReadOnlySpan<float> values)
    {
        if (values.Length != width)
        {
            throw new ArgumentException($"{values.Length} values, not {width}", nameof(values));
        }

        if (_times.Count == 0 || time > _times[^1])
        {
            _times.Add(time);
            _prices.Add(price);
            _values.AddRange(values);
        }
    }
}
