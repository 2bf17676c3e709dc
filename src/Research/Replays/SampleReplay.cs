using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;

namespace BtcAgent.Research.Replays;

/// <summary>Processes the batches of a partition like the agent's feature grain, and returns the samples.</summary>
/// <param name="instrument">Batches of other instruments are skipped.</param>
/// <param name="options">The agent's feature options.</param>
/// <param name="lines">Number of readers of the venue.</param>
/// <param name="epochMax">The decision's epoch: the agent skipped batches with a higher one, which no lease had granted.</param>
/// <param name="schema">Schema of an earlier version with these options; null for the current one.</param>
public sealed class SampleReplay(InstrumentId instrument, FeatureOptions options, int lines = 1, long epochMax = long.MaxValue, FeatureSchema? schema = null)
{
    private readonly FeatureStream _features = new(new FeaturePipeline(instrument, options, schema), new InstrumentStream(lines));

    public FeatureSchema Schema => _features.Pipeline.Schema;

    public long Events { get; private set; }

    /// <returns>The samples that the batch's events complete, in order; enumerate to the end.</returns>
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
