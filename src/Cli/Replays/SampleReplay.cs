using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Lines;

namespace BtcAgent.Cli.Replays;

/// <summary>
/// Takes a partition's batches as the agent's feature grain takes them: a higher feed epoch begins anew, a lower one and
/// repeated events are dropped; two lines are merged.
/// </summary>
/// <param name="instrument">Batches of others are passed over.</param>
/// <param name="options">As the agent had them.</param>
/// <param name="lines">Readers of the venue.</param>
/// <param name="epochMax">The decision's: the agent left out batches of a higher one, which no lease had given.</param>
internal sealed class SampleReplay(InstrumentId instrument, FeatureOptions options, int lines = 1, long epochMax = long.MaxValue)
{
    private readonly LineArbiter? _arbiter = lines == 1 ? null : new LineArbiter(new LineArbiterState());
    private readonly FeaturePipeline _pipeline = new(instrument, options);
    private long _epoch;
    private long _lastSequence;

    public FeatureSchema Schema => _pipeline.Schema;

    public long Events { get; private set; }

    /// <returns>The samples that the batch's events complete, in order.</returns>
    public IEnumerable<FeatureSample> Apply(MarketDataBatch batch)
    {
        if (batch.Instrument != instrument || batch.Events.IsEmpty)
        {
            return [];
        }

        return _arbiter is null ? ApplyOne(batch) : ApplyMerged(_arbiter, batch);
    }

    private IEnumerable<FeatureSample> ApplyOne(MarketDataBatch batch)
    {
        if (batch.Line > 0 || batch.FeedEpoch < _epoch || batch.FeedEpoch > epochMax
            || batch.IsBeyondReason(batch.FeedEpoch == _epoch ? _lastSequence + 1 : 1))
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

    private IEnumerable<FeatureSample> ApplyMerged(LineArbiter arbiter, MarketDataBatch batch)
    {
        if (!arbiter.IsVoid(batch) && batch.IsBeyondReason(arbiter.NextSequence(batch.Line, batch.FeedEpoch)))
        {
            yield break;
        }

        foreach (var (numbered, levels) in arbiter.Merge(batch, () => _pipeline.Synchronizer.IsInSync))
        {
            if (_pipeline.TrySample(in numbered, out var sample))
            {
                yield return sample;
            }

            _pipeline.Apply(in numbered, levels.Span);
            Events++;
        }
    }
}
