using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Research.Datasets;

/// <summary>
/// One row at each sampling instant of an event stream, from the same pipeline that trades live. Instants at which the
/// book is not in sync, or a feature window is still filling, give no row.
/// </summary>
/// <param name="instrument">Of the events.</param>
/// <param name="options">Of the agent that will serve the model.</param>
public sealed class EventDatasetBuilder(InstrumentId instrument, FeatureOptions options)
{
    private readonly FeaturePipeline _pipeline = new(instrument, options);
    private readonly List<Timestamp> _times = [];
    private readonly List<double> _prices = [];
    private readonly List<float> _values = [];

    /// <summary>Samples left out because the book was not in sync or a window was filling.</summary>
    public long Skipped { get; private set; }

    public int Rows => _times.Count;

    public PipelineCounters Counters => _pipeline.Counters;

    /// <param name="marketEvent">Events come in the order of their sequence.</param>
    /// <param name="levels">Of the event.</param>
    public void OnEvent(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels)
    {
        if (_pipeline.TrySample(in marketEvent, out var sample))
        {
            if (sample.IsWarm && sample.BookInSync && sample.Quote.IsTwoSided)
            {
                _times.Add(sample.EventTime);
                _prices.Add((double)sample.Quote.Mid);
                _values.AddRange(sample.Values.AsSpan());
            }
            else
            {
                Skipped++;
            }
        }

        _pipeline.Apply(in marketEvent, levels);
    }

    public FeatureDataset Build() => new(
        instrument,
        _pipeline.Schema.Hash,
        [.. _pipeline.Schema.Definitions.Select(d => d.Name)],
        [.. _times],
        [.. _prices],
        [.. _values]);
}
