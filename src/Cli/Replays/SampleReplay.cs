using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;

namespace BtcAgent.Cli.Replays;

/// <summary>
/// Takes a partition's batches as the agent's feature grain takes them: a higher feed epoch begins anew, a lower one and
/// repeated events are dropped.
/// </summary>
internal sealed class SampleReplay(InstrumentId instrument, FeatureOptions options)
{
    private readonly FeaturePipeline _pipeline = new(instrument, options);
    private long _epoch;
    private long _lastSequence;

    public FeatureSchema Schema => _pipeline.Schema;

    public long Events { get; private set; }

    /// <returns>The samples that the batch's events complete, in order.</returns>
    public IEnumerable<FeatureSample> Apply(MarketDataBatch batch)
    {
        if (batch.Instrument != instrument || batch.FeedEpoch < _epoch || batch.Events.IsEmpty)
        {
            yield break;
        }

        if (batch.FeedEpoch > _epoch)
        {
            _epoch = batch.FeedEpoch;
            _lastSequence = 0;
            _pipeline.Reset();
        }

        for (var i = 0; i < batch.Events.Length; i++)
        {
            var marketEvent = batch.Events[i];
            if (marketEvent.Sequence <= _lastSequence)
            {
                continue;
            }

            if (_pipeline.TrySample(in marketEvent, out var sample))
            {
                yield return sample;
            }

            _pipeline.Apply(in marketEvent, batch.LevelsOf(in marketEvent));
            Events++;
        }

        _lastSequence = Math.Max(_lastSequence, batch.Events[^1].Sequence);
    }
}
