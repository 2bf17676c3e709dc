using System.Collections.Immutable;
using BtcAgent.Contracts.Facts;
using BtcAgent.Contracts.Features;
using BtcAgent.Contracts.Measurement;
using BtcAgent.Contracts.Settings;
using BtcAgent.Contracts.Signals;
using BtcAgent.Contracts.Streams;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
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
/// Drives one instrument: applies the stream to the feature pipeline, passes every event to the executions, and sends each
/// sample to its decisions.
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
    private FeatureStream _features = null!;
    private PendingEvents _pending = null!;
    private ImmutableArray<DecisionLane> _lanes = [];
    private readonly SampleFacts _facts = new(facts);
    private FeatureSample? _lastSample;
    private double? _clockSkewMs;

    /// <summary>Position after the last batch that is complete: applied, passed on and decided.</summary>
    private AppliedMarket _applied;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => watched.Activate(GrainStateNames.Feature, this, Begin);

    private Task Begin()
    {
        var instrument = InstrumentId.Parse(this.GetPrimaryKeyString());
        var strategies = options.Value.Strategies.Where(s => s.Instrument == instrument.Key).ToArray();
        _fence = new FeedFence(GrainFactory, instrument);
        _writes = new SharedWrites(Store);
        Use(RestoreOrNew(instrument));
        _markets = [.. strategies.SelectMany(s => s.TradedPortfolios()).Distinct().Select(portfolio => LaneTo(instrument, portfolio))];
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
            _features.Pipeline.Synchronizer.IsInSync,
            _features.Pipeline.Synchronizer.LastUpdateId,
            Copy(Side.Buy),
            Copy(Side.Sell)));

        ImmutableArray<PriceLevel> Copy(Side side) => [.. levels[.._features.Pipeline.Book.CopyTop(side, levels)]];
    }

    public Task<FeatureSample?> GetLastSample() => Task.FromResult(_lastSample);

    public Task<double> GetDecisionAgeMs() =>
        Task.FromResult(_lanes.Select(lane => lane.DecisionAge.TotalMilliseconds).DefaultIfEmpty().Max());

    public Task<FeatureProgress> WaitFor(long feedEpoch, long sequence)
    {
        if (_applied.HasReached(feedEpoch, sequence))
        {
            return Task.FromResult(Progress());
        }

        var reached = new TaskCompletionSource<FeatureProgress>();
        _waiters.Add((feedEpoch, sequence, reached));
        return reached.Task;
    }

    public async Task OnNextAsync(MarketDataBatch item, StreamSequenceToken? token = null)
    {
        if (item.Events.IsEmpty || _features.Stream.IsVoid(item))
        {
            return;
        }

        if (await _fence.RefusalOf(item, _features.Stream.Expected(item)) is { } refusal)
        {
            AgentMeter.BatchesRefused.Add(1);
            LogRefused(logger, item.Instrument, refusal);
            return;
        }

        if (await RequestMissing(item))
        {
            return;
        }

        var offset = token?.SequenceNumber ?? -1;
        if (_isLogKept && _origin < 0)
        {
            await BeginLog(offset);
        }

        ContinueAfterGap(item);
        _clockSkewMs = item.ClockSkewMs ?? _clockSkewMs;
        var before = _consumed.Count;
        await Apply(item, offset);
        _offset = Math.Max(_offset, offset);
        _ingestedAt = item.IngestedAt;
        AgentMeter.MarketEvents.Add(_consumed.Count - before);
        latencies.Record(LatencyStage.IngestToFeatures, Now() - item.IngestedAt);
        ReleaseWaiters();
        SnapshotIfDue();
    }

    public Task OnErrorAsync(Exception ex)
    {
        LogStreamFailed(logger, this.GetPrimaryKeyString(), ex);
        return Task.CompletedTask;
    }

    private async Task Apply(MarketDataBatch batch, long offset)
    {
        if (!_features.Open(batch))
        {
            return;
        }

        _pending.Open(batch);
        try
        {
            while (_features.MoveNext(out var sample))
            {
                if (sample is not null)
                {
                    // Fills by earlier events are part of the input of the sample's decision.
                    await ForwardPending();
                    await Decide(sample, offset, batch.IngestedAt);
                }

                if (!_features.IsApplied)
                {
                    _consumed.Add(_features.Stream.LastSequence);
                }

                _pending.Add(_features.Apply());
            }

            await ForwardPending();
        }
        catch
        {
            // The stream delivers the batch again; executions drop what they have already seen of it.
            _features.GoBack();
            throw;
        }

        _applied = Applied();
    }

    private void Use(FeatureStream features)
    {
        _features = features;
        _pending = new PendingEvents(features.Stream);
        _applied = Applied();
    }

    private async Task Decide(FeatureSample taken, long offset, Timestamp ingestedAt)
    {
        var sample = taken with
        {
            ClockSkewMs = _clockSkewMs,
            Position = _isLogKept ? new LogPosition(_origin, offset, _features.Stream.Epoch, feeds.Value.Lines) : null,
        };
        _lastSample = sample;
        _facts.Publish(sample, _features.Pipeline);
        foreach (var lane in _lanes)
        {
            if (options.Value.WaitForDecisions)
            {
                await lane.Decide(sample, ingestedAt);
            }
            else if (MayHaveDecided(ingestedAt) || (Now() - ingestedAt).TotalMilliseconds > options.Value.DecisionAgeMsMax)
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
            if (_applied.HasReached(epoch, sequence))
            {
                _waiters.RemoveAt(i);
                reached.SetResult(Progress());
            }
        }
    }

    private AppliedMarket Applied() => new(
        _features.Stream.Epoch, _features.Stream.LastSequence, _features.Counters, _consumed.Count, _consumed.Checksum);

    private FeatureProgress Progress() => _applied.ToProgress(_lanes.Sum(lane => lane.Skipped));

    private Timestamp Now() => Timestamp.FromDateTimeOffset(time.GetUtcNow());
}
