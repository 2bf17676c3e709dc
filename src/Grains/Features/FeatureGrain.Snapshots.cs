using System.Globalization;
using BtcAgent.Contracts.Streams;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;
using BtcAgent.Domain.Snapshots;
using BtcAgent.Grains.Snapshots;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers.Streams.Common;
using Orleans.Storage;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace BtcAgent.Grains.Features;

/// <summary>
/// Book and features survive the loss of a silo: a snapshot is stored periodically with its offset in the log, and the next
/// activation continues from it by reading the log again. A single process keeps its log in memory: after a restart
/// features continue from the snapshot if little is missing.
/// </summary>
internal sealed partial class FeatureGrain
{
    private readonly ConsumedEvents _consumed = new();
    private StreamSubscriptionHandle<MarketDataBatch>? _subscription;
    private SharedWrites _writes = null!;
    private bool _isLogKept;
    private long _offset = -1;
    private long _origin = -1;
    private (int Line, long Epoch, long Sequence) _asked;
    private long _snapshotAt;

    /// <summary>The previous activation may have decided samples of data that was ingested before this time.</summary>
    private Timestamp _decideFrom = Timestamp.Unknown;
    private long _restoredAt;

    /// <summary>Features of an earlier run, until the first event shows that its times continue them.</summary>
    private bool _isOfEarlierRun;

    /// <summary>True after the first batch, which may have had no time yet.</summary>
    private bool _isBehindGap;

    /// <summary>Ingest time of the newest batch applied, by this activation or before the snapshot.</summary>
    private Timestamp _ingestedAt;

    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        _subscription = await handleFactory.Create<MarketDataBatch>().ResumeAsync(this, PlaceInLog());

    private string? LogId => services.GetService<StreamLog>()?.Id;

    private StreamSequenceToken? PlaceInLog() => _origin < 0 ? null : new EventSequenceTokenV2(_offset);

    /// <summary>
    /// Stores the first offset, so that an activation that follows a crash before the first snapshot re-reads the whole
    /// log.
    /// </summary>
    private async Task BeginLog(long offset)
    {
        (_origin, _offset) = (offset, offset - 1);
        try
        {
            await _writes.WriteAsync();
        }
        catch
        {
            (_origin, _offset) = (-1, -1);
            throw;
        }
    }

    /// <summary>
    /// Whether the previous activation may have decided this already. Once earlier samples are too old to act on, the check
    /// ends: clocks may have been set since then.
    /// </summary>
    private bool MayHaveDecided(Timestamp ingestedAt) =>
        ingestedAt < _decideFrom && time.GetElapsedTime(_restoredAt).TotalMilliseconds <= options.Value.DecisionAgeMsMax;

    /// <summary>
    /// The log of a single process ends with it. The features of its last run continue if little is missing, as after a
    /// restart, while the book waits for the new feed's. If too much is missing, the windows start empty, which takes
    /// minutes to fill; meanwhile risk only reduces, and guards an open position. When a clock that was ahead at the
    /// snapshot is right again, features would wait for that time: they also start empty.
    /// </summary>
    private void ContinueAfterGap(MarketDataBatch batch)
    {
        var at = batch.Events.FirstOrDefault(marketEvent => marketEvent.EventTime.IsKnown).EventTime;
        if (!_isOfEarlierRun || (_isBehindGap && !at.IsKnown))
        {
            return;
        }

        _isOfEarlierRun = !at.IsKnown;
        var gap = (at.IsKnown ? at - _features.Pipeline.Clock : batch.IngestedAt - _ingestedAt).TotalSeconds;
        if (gap < 0 || gap > options.Value.SnapshotGapSecondsMax)
        {
            LogSnapshotRefused(logger, batch.Instrument, string.Create(
                CultureInfo.InvariantCulture,
                $"it is {gap:0.#} s older than the market; Agent:SnapshotGapSecondsMax accepts 0 to {options.Value.SnapshotGapSecondsMax:0.#}"));
            Use(New(batch.Instrument));
            _isOfEarlierRun = false;
        }
        else if (!_isBehindGap)
        {
            _features.ContinueAfterGap(batch.FeedEpoch);
            _isBehindGap = true;
            LogBehindGap(logger, batch.Instrument, gap);
        }
    }

    private FeatureStream New(InstrumentId instrument) => new(
        new FeaturePipeline(instrument, options.Value.Features), new InstrumentStream(feeds.Value.Lines, state.State.FeedEpoch));

    private FeatureStream RestoreOrNew(InstrumentId instrument)
    {
        _isLogKept = services.GetRequiredKeyedService<IStreamProvider>(StreamNames.Provider).IsRewindable;
        _snapshotAt = time.GetTimestamp();
        var fresh = New(instrument);
        if (!_isLogKept || state.State.Pipeline is not { } image)
        {
            return fresh;
        }

        if (state.State.SchemaHash != fresh.Pipeline.Schema.Hash)
        {
            LogSnapshotRefused(logger, instrument, "it has another feature schema");
            return fresh;
        }

        if (state.State.Lines is null != (feeds.Value.Lines == 1))
        {
            LogSnapshotRefused(logger, instrument, "it was made with another number of lines");
            return fresh;
        }

        var pipeline = new FeaturePipeline(instrument, options.Value.Features);
        try
        {
            SealedImage.Restore(image, pipeline);
        }
        catch (StateFormatException e)
        {
            LogSnapshotRefused(logger, instrument, e.Message);
            return fresh;
        }

        _ingestedAt = state.State.IngestedAt;
        _consumed.Continue(state.State.EventsConsumed, state.State.SequenceChecksum);
        return state.State.LogId == LogId ? OfThisLog(instrument, pipeline) : OfEarlierRun(pipeline) ?? fresh;
    }

    private FeatureStream OfThisLog(InstrumentId instrument, FeaturePipeline pipeline)
    {
        _offset = state.State.Offset;
        _origin = state.State.Origin;
        _decideFrom = Now();
        _restoredAt = time.GetTimestamp();
        LogRestored(logger, instrument, _offset, state.State.FeedEpoch, state.State.LastSequence);
        return new FeatureStream(pipeline, new InstrumentStream(new InstrumentStreamState
        {
            Epoch = state.State.FeedEpoch,
            LastSequence = state.State.LastSequence,
            Repeats = state.State.Repeats,
            Missing = state.State.Missing,
            Lines = state.State.Lines,
        }));
    }

    /// <summary>
    /// The features of an earlier run, whose log ended with its process: offsets, epochs and sequences referred to it. Null
    /// for a run without events.
    /// </summary>
    private FeatureStream? OfEarlierRun(FeaturePipeline pipeline)
    {
        if (!pipeline.Clock.IsKnown)
        {
            return null;
        }

        _isOfEarlierRun = true;
        return new FeatureStream(pipeline, new InstrumentStream(feeds.Value.Lines, state.State.FeedEpoch));
    }

    /// <summary>
    /// Returns true when events are missing before this batch and the log is read again: the batch is delivered again after
    /// them. Events that are missing the second time are lost, and the stream counts them.
    /// </summary>
    private async Task<bool> RequestMissing(MarketDataBatch batch)
    {
        var expected = _features.Stream.Expected(batch);
        if (!_isLogKept || _offset < 0 || batch.Events[0].Sequence <= expected || _asked == (batch.Line, batch.FeedEpoch, expected))
        {
            return false;
        }

        _asked = (batch.Line, batch.FeedEpoch, expected);
        LogMissing(logger, batch.Instrument, expected, batch.Events[0].Sequence - 1);
        _subscription = await _subscription!.ResumeAsync(this, PlaceInLog());
        return true;
    }

    /// <summary>Takes the image now and writes it while events continue.</summary>
    private void SnapshotIfDue()
    {
        if (_isLogKept && !_writes.IsRunning && time.GetElapsedTime(_snapshotAt).TotalSeconds >= options.Value.SnapshotSeconds)
        {
            _ = Snapshot();
        }
    }

    private async Task Snapshot()
    {
        try
        {
            await _writes.WriteAsync();
        }
        catch (InconsistentStateException e)
        {
            // Another activation has written meanwhile: this one is outdated.
            LogSnapshotFailed(logger, this.GetPrimaryKeyString(), e.Message);
            DeactivateOnIdle();
        }
        catch (Exception e)
        {
            // The previous snapshot remains; the log is read again from there.
            LogSnapshotFailed(logger, this.GetPrimaryKeyString(), e.Message);
        }
    }

    private Task Store()
    {
        _snapshotAt = time.GetTimestamp();
        var stream = _features.Stream.ToState();
        state.State.Pipeline = SealedImage.Take(_features.Pipeline);
        state.State.SchemaHash = _features.Pipeline.Schema.Hash;
        state.State.LogId = LogId;
        state.State.Offset = _offset;
        state.State.Origin = _origin;
        state.State.FeedEpoch = stream.Epoch;
        state.State.LastSequence = stream.LastSequence;
        state.State.Repeats = stream.Repeats;
        state.State.Missing = stream.Missing;
        state.State.Lines = stream.Lines;
        state.State.EventsConsumed = _consumed.Count;
        state.State.SequenceChecksum = _consumed.Checksum;
        state.State.IngestedAt = _ingestedAt;
        return state.WriteStateAsync();
    }
}
