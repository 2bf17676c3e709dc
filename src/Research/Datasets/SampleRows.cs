using BtcAgent.Domain.Features;

namespace BtcAgent.Research.Datasets;

/// <summary>Collects the samples of a pipeline as rows.</summary>
internal sealed class SampleRows(InstrumentId instrument, FeatureSchema schema)
{
    private readonly List<Timestamp> _times = [];
    private readonly List<double> _prices = [];
    private readonly List<float> _values = [];

    public void Add(FeatureSample sample, double price)
    {
        _times.Add(sample.EventTime);
        _prices.Add(price);
        _values.AddRange(sample.Values.AsSpan());
    }

    public FeatureDataset ToDataset() => new(
        instrument, schema.Hash, [.. schema.Definitions.Select(d => d.Name)], [.. _times], [.. _prices], [.. _values]);
}
