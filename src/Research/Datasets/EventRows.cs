using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Research.Datasets;

/// <summary>
/// Builds the rows of <see cref="EventDatasetBuilder"/> from events as they arrive; keeps only the samples.
/// </summary>
public sealed class EventRows
{
    private readonly FeaturePipeline _pipeline;
    private readonly SampleRows _rows;

    /// <param name="instrument">Instrument of all events.</param>
    /// <param name="options">Bars, sampling and VPIN; part of the schema.</param>
    public EventRows(InstrumentId instrument, FeatureOptions options)
    {
        _pipeline = new FeaturePipeline(instrument, options);
        _rows = new SampleRows(instrument, _pipeline.Schema);
    }

    /// <param name="marketEvent">Next event in feed order.</param>
    /// <param name="levels">Levels of the event.</param>
    public void OnEvent(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
    {
        Sample(in marketEvent);
        _pipeline.Apply(in marketEvent, levels);
    }

    /// <summary>Takes a sample at a sampling instant, with or without an event.</summary>
    public void Sample(in MarketEvent next)
    {
        if (_pipeline.TrySample(in next, out var sample) && sample.IsWarm && sample.BookInSync
            && sample.Quote is { IsTwoSided: true, IsCrossed: false })
        {
            _rows.Add(sample, (double)sample.Quote.Mid);
        }
    }

    public FeatureDataset ToDataset() => _rows.ToDataset();
}
