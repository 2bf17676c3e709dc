using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;

namespace BtcAgent.Research.Datasets;

/// <summary>
/// Builds the rows of <see cref="EventDatasetBuilder"/> from events as they arrive; keeps only the samples.
/// </summary>
public sealed class EventRows
{
    private readonly FeatureStream _features;
    private readonly SampleRows _rows;

    /// <param name="instrument">Instrument of all events.</param>
    /// <param name="options">Bars, sampling and VPIN; part of the schema.</param>
    public EventRows(InstrumentId instrument, FeatureOptions options)
    {
        _features = new FeatureStream(new FeaturePipeline(instrument, options), new InstrumentStream());
        _rows = new SampleRows(instrument, _features.Pipeline.Schema);
    }

    /// <param name="marketEvent">Next event in feed order.</param>
    /// <param name="levels">Levels of the event.</param>
    public void OnEvent(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
    {
        if (_features.Takes(in marketEvent, out var sample))
        {
            Add(sample);
            _features.Apply(in marketEvent, levels);
        }
    }

    /// <summary>Takes a sample at a sampling instant, with or without an event.</summary>
    public void Sample(in MarketEvent next)
    {
        _features.Takes(in next, out var sample);
        Add(sample);
    }

    public FeatureDataset ToDataset() => _rows.ToDataset();

    private void Add(FeatureSample? sample)
    {
        if (sample is { IsWarm: true, BookInSync: true, Quote: { IsTwoSided: true, IsCrossed: false } })
        {
            _rows.Add(sample, (double)sample.Quote.Mid);
        }
    }
}
