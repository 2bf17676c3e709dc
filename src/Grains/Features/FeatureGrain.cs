using System.Collections.Immutable;
using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Signals;
using BtcAgent.Contracts.Streams;
using BtcAgent.Contracts.Trading;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Lines;
using BtcAgent.Domain.Risk;
using BtcAgent.Domain.Trading;
using BtcAgent.Grains.Activations;
using BtcAgent.Grains.Feeds;
using BtcAgent.Grains.Keys;
using BtcAgent.Grains.Measurement;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace BtcAgent.Grains.Features;

/// <summary>
/// Drives one instrument: applies the stream to the feature pipeline, shows every event to the paper executions,
/// and sends each sample on its way to a decision.
/// </summary>
[ImplicitStreamSubscription(StreamNames.MarketData)]
internal sealed partial class FeatureGrain(
    [PersistentState(GrainStateNames.Feature, WatchedStorage.Provider)] IPersistentState<FeatureGrainState> state,
    IOptions<AgentOptions> options,
    IOptions<FeedOptions> feeds,
    IServiceProvider services,
    WatchedGrains watched,
    IFactPublisher facts,
    ILatencyBoard latencies,
    TimeProvider time,
    ILogger<FeatureGrain> logger) : Grain, IFeatureGrain, IStreamSubscriptionObserver, IAsyncObserver<MarketDataBatch>
{
    private const int BookDepthMax = 1000;

    private readonly List<(long Epoch, long Sequence, TaskCompletionSource<FeatureProgress> Reached)> _waiters = [];
    private FeedFence _fence = null!;
    private FeaturePipeline _pipeline = null!;
    private ImmutableArray<DecisionLane> _lanes = [];
    private FeatureSample? _lastSample;
    private double? _clockSkewMs;
    private long _epoch;
    private long _lastSequence;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => watched.Activate(GrainStateNames.Feature, this, Begin);

    private Task Begin()
    {
        var instrument = InstrumentId.Parse(this.GetPrimaryKeyString());
        var strategies = options.Value.Strategies.Where(s => s.Instrument == instrument.Key).ToArray();
        _arbiter = feeds.Value.Lines == 1 ? null : new LineArbiter(new LineArbiterState());
        _fence = new FeedFence(GrainFactory, instrument);
        _writes = new SharedWrites(Store);
        _pipeline = RestoreOrNew(instrument);
        _markets = [.. strategies.Select(s => s.Portfolio).Distinct().Select(portfolio => LaneTo(instrument, portfolio))];
        _lanes =
        [
            .. strategies.Select(s => new DecisionLane(
                GrainFactory.GetGrain<ISignalGrain>(GrainKeys.Signal(instrument, s.Name)),
                OnDecided,
                e => LogDecisionFailed(logger, instrument, s.Name, e),
                time)),
        ];
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_isLogKept && _origin >= 0)
        {
            await _writes.WhenIdleAsync();
            await Snapshot().WaitAsync(cancellationToken);
        }
    }

    public Task<BookTop> GetBookTop(int depth)
    {
        var levels = new PriceLevel[Math.Clamp(depth, 1, BookDepthMax)];
        return Task.FromResult(new BookTop(
            _pipeline.Synchronizer.IsInSync,
            _pipeline.Synchronizer.LastUpdateId,
            Copy(Side.Buy),
            Copy(Side.Sell)));

        ImmutableArray<PriceLevel> Copy(Side side) => [.. levels[.._pipeline.Book.CopyTop(side, levels)]];
    }

    public Task<FeatureSample?> GetLastSample() => Task.FromResult(_lastSample);

    public Task<double> GetDecisionAgeMs() =>
        Task.FromResult(_lanes.Select(lane => lane.DecisionAge.TotalMilliseconds).DefaultIfEmpty().Max());

    public Task<FeatureProgress> WaitFor(long feedEpoch, long sequence)
    {
        if (HasReached(feedEpoch, sequence))
        {
            return Task.FromResult(Progress());
        }

        var reached = new TaskCompletionSource<FeatureProgress>();
        _waiters.Add((feedEpoch, sequence, reached));
        return reached.Task;
    }

    public async Task OnNextAsync(MarketDataBatch item, StreamSequenceToken? token = null)
    {
        if (item.Events.IsEmpty || IsVoid(item))
        {
            return;
        }

        if (await _fence.RefusalOf(item, Expected(item)) is { } refusal)
        {
            AgentMeter.BatchesRefused.Add(1);
            LogRefused(logger, item.Instrument, refusal);
            return;
        }

        if (await HasAskedForMissing(item))
        {
            return;
        }

        var offset = token?.SequenceNumber ?? -1;
        if (_isLogKept && _origin < 0)
        {
            await BeginLog(offset);
        }

        GoOnBehindGap(item);
        _clockSkewMs = item.ClockSkewMs ?? _clockSkewMs;
        var before = _consumed;
        if (_arbiter is null)
        {
            await ApplyOne(item, offset);
        }
        else
        {
            await ApplyMerged(_arbiter, item, offset);
        }

        _offset = Math.Max(_offset, offset);
        _ingestedAt = item.IngestedAt;
        AgentMeter.MarketEvents.Add(_consumed - before);
        latencies.Record(LatencyStage.IngestToFeatures, Now() - item.IngestedAt);
        ReleaseWaiters();
        SnapshotIfDue();
    }

    public Task OnErrorAsync(Exception ex)
    {
        LogStreamFailed(logger, this.GetPrimaryKeyString(), ex);
        return Task.CompletedTask;
    }

    /// <summary>A batch of an earlier reader, or of a line that is not read here.</summary>
    private bool IsVoid(MarketDataBatch batch) => _arbiter?.IsVoid(batch) ?? (batch.Line > 0 || batch.FeedEpoch < _epoch);

    /// <summary>The sequence that the batch's line goes on with.</summary>
    private long Expected(MarketDataBatch batch) =>
        _arbiter?.NextSequence(batch.Line, batch.FeedEpoch) ?? (batch.FeedEpoch == _epoch ? _lastSequence + 1 : 1);

    private async Task ApplyOne(MarketDataBatch batch, long offset)
    {
        if (batch.FeedEpoch > _epoch)
        {
            _epoch = batch.FeedEpoch;
            _lastSequence = 0;
            _pipeline.Reset();
        }

        var start = 0;
        while (start < batch.Events.Length && batch.Events[start].Sequence <= _lastSequence)
        {
            start++;
        }

        await Apply(batch, start, offset);
        if (batch.Events.Length > start)
        {
            _lastSequence = batch.Events[^1].Sequence;
        }

        CountConsumed(batch, start);
    }

    private async Task Apply(MarketDataBatch batch, int start, long offset)
    {
        var shown = start;
        ImmutableArray<MarketEvent>.Builder? judged = null;
        for (var i = start; i < batch.Events.Length; i++)
        {
            if (_pipeline.TrySample(in batch.Events.ItemRef(i), out var sample))
            {
                await Show(Judged(), shown, i);
                shown = i;
                await Decide(sample, offset, batch.IngestedAt);
            }

            if (!_pipeline.Apply(in batch.Events.ItemRef(i), batch.LevelsOf(in batch.Events.ItemRef(i))))
            {
                judged ??= batch.Events.ToBuilder();
                judged[i] = judged[i] with { EventTime = Timestamp.Unknown };
            }
        }

        await Show(Judged(), shown, batch.Events.Length);

        MarketDataBatch Judged() => judged is null ? batch : batch with { Events = judged.ToImmutable() };
    }

    private async Task Decide(FeatureSample taken, long offset, Timestamp ingestedAt)
    {
        var sample = taken with
        {
            ClockSkewMs = _clockSkewMs,
            Position = _isLogKept ? new LogPosition(_origin, offset, _epoch, feeds.Value.Lines) : null,
        };
        _lastSample = sample;
        facts.Publish(sample);
        foreach (var lane in _lanes)
        {
            if (options.Value.WaitForDecisions)
            {
                await lane.Decide(sample, ingestedAt);
            }
            else if (MayBeDecided(ingestedAt) || (Now() - ingestedAt).TotalMilliseconds > options.Value.DecisionAgeMsMax)
            {
                lane.Pass(sample);
                AgentMeter.SamplesSkipped.Add(1);
            }
            else
            {
                var skippedBefore = lane.Skipped;
                lane.Offer(sample, ingestedAt);
                AgentMeter.SamplesSkipped.Add(lane.Skipped - skippedBefore);
            }
        }
    }

    private void OnDecided(Decision decision, Timestamp ingestedAt)
    {
        if (decision.Risk.Outcome == RiskOutcome.Approved)
        {
            latencies.Record(LatencyStage.TickToOrder, Now() - ingestedAt);
        }
    }

    private void ReleaseWaiters()
    {
        for (var i = _waiters.Count - 1; i >= 0; i--)
        {
            var (epoch, sequence, reached) = _waiters[i];
            if (HasReached(epoch, sequence))
            {
                _waiters.RemoveAt(i);
                reached.SetResult(Progress());
            }
        }
    }

    private bool HasReached(long epoch, long sequence) => _epoch > epoch || (_epoch == epoch && _lastSequence >= sequence);

    private FeatureProgress Progress() => new(_epoch, _lastSequence, _pipeline.Counters, _lanes.Sum(l => l.Skipped), _consumed, _checksum);

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
