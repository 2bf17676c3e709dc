using BtcAgent.Contracts.Facts;
using BtcAgent.Domain.Facts;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Grains.Features;

/// <summary>Publishes a sample, the bars that closed before it, and the depth of the book once a second.</summary>
internal sealed class SampleFacts(IFactPublisher facts)
{
    /// <summary>Levels of each side that are kept.</summary>
    private const int Depth = 10;

    private static readonly TimeSpan BookEvery = TimeSpan.FromSeconds(1);

    private Timestamp _bookAt;

    public void Publish(FeatureSample sample, FeaturePipeline pipeline)
    {
        foreach (var bar in sample.ClosedBars)
        {
            facts.Publish(new BarFact(sample.Instrument, bar));
        }

        if (sample.BookInSync && sample.EventTime.RoundDownTo(BookEvery) != _bookAt)
        {
            _bookAt = sample.EventTime.RoundDownTo(BookEvery);
            var levels = new PriceLevel[Depth];
            var bids = pipeline.Book.CopyTop(Side.Buy, levels);
            var asks = new PriceLevel[Depth];
            facts.Publish(new BookFact(
                sample.Instrument, sample.EventTime, pipeline.Synchronizer.LastUpdateId, [.. levels[..bids]], [.. asks[..pipeline.Book.CopyTop(Side.Sell, asks)]]));
        }

        facts.Publish(new FeatureFact(sample));
    }
}
