namespace BtcAgent.Domain.Features;

/// <summary>Writes values in schema order; an infinite value becomes NaN.</summary>
internal ref struct FeatureWriter(Span<float> values)
{
    private readonly Span<float> _values = values;

    public int Written { get; private set; }

    public void AddUnknown(int count)
    {
        _values.Slice(Written, count).Fill(float.NaN);
        Written += count;
    }

    public void Add(double value) => _values[Written++] = double.IsFinite(value) ? (float)value : float.NaN;
}
