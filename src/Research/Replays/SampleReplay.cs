using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;

namespace BtcAgent.Research.Replays;

/// <summary>Takes the batches of a log's partition as the agent's feature grain takes them, and gives the samples.</summary>
/// <param name="instrument">Batches of others are passed over.</param>
/// <param name="options">As the agent had them.</param>
/// <param name="lines">Readers of the venue.</param>
/// <param name="epochMax">The decision's: the agent left out batches of a higher one, which no lease had given.</param>
public sealed class SampleReplay(InstrumentId instrument, FeatureOptions options, int lines = 1, long epochMax = long.MaxValue)
{
    private readonly FeatureStream _features = new(new FeaturePipeline(instrument, options), new InstrumentStream(lines));

    public FeatureSchema Schema => _features.Pipeline.Schema;

    public long Events { get; private set; }

    /// <returns>The samples that the batch's events complete, in order; all are to be asked for.</returns>
    public IEnumerable<FeatureSample> Apply(MarketDataBatch batch)
    {
        if (batch.Instrument != instrument || batch.FeedEpoch > epochMax || !_features.Open(batch))
        {
            yield break;
        }

        while (_features.MoveNext(out var sample))
        {
            if (sample is not null)
            {
                yield return sample;
            }

            _features.Apply();
            Events++;
        }
    }
}
