using System.Globalization;
using BtcAgent.Contracts.Streams;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Lines;
using BtcAgent.Grains.Snapshots;
using BtcAgent.Grains.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers.Streams.Common;
using Orleans.Storage;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace BtcAgent.Grains.Features;

/// <summary>
/// Book and features survive the loss of a silo: a snapshot is stored from time to time with its offset in the log, and
/// the next activation goes on from it by reading the log again. A single process keeps its log in memory: after a restart features
/// go on from the snapshot if little is missing.
/// </summary>
internal sealed partial class FeatureGrain
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    private StreamSubscriptionHandle<MarketDataBatch>? _subscription;
    private SharedWrites _writes = null!;
    private bool _isLogKept;
    private long _offset = -1;
    private long _origin = -1;
    private (int Line, long Epoch, long Sequence) _asked;
    private long _snapshotAt;

    /// <summary>Samples of what was ingested before this may have been decided by the activation before.</summary>
    private Timestamp _decideFrom = Timestamp.Unknown;
    private long _restoredAt;

    /// <summary>Features of an earlier run, until the first event shows that its times go on from there.</summary>
    private bool _isOfEarlierRun;

    /// <summary>The first batch has been taken, which may have held no time yet.</summary>
    private bool _isBehindGap;

    /// <summary>Of the newest batch applied.</summary>
    private Timestamp _ingestedAt;
    private long _consumed;
    private ulong _checksum = FnvOffset;

    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        _subscription = await handleFactory.Create<MarketDataBatch>().ResumeAsync(this, PlaceInLog());

    private string? LogId => services.GetService<StreamLog>()?.Id;

    private StreamSequenceToken? PlaceInLog() => _origin < 0 ? null : new EventSequenceTokenV2(_offset);

    /// <summary>Stores where this instrument's log begins, so that whoever comes after a crash before the first snapshot reads all of it.</summary>
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
    /// Whether it may be that the activation before has decided on this already. Once samples from before are too old to act on
    /// anyway, it is not asked any more: clocks may have been set meanwhile.
    /// </summary>
    private bool MayBeDecided(Timestamp ingestedAt) =>
        ingestedAt < _decideFrom && time.GetElapsedTime(_restoredAt).TotalMilliseconds <= options.Value.DecisionAgeMsMax;

    /// <summary>
    /// The log of a single process ends with it: the features of its last run go on if little is missing, as after a restart, while the
    /// book waits for the new feed's. Too much, and the windows fill from nothing, which takes minutes; meanwhile risk only reduces,
    /// and guards an open position. A clock that was ahead when they were stored and is right again leaves them waiting for the time of
    /// then: they begin anew, too.
    /// </summary>
    private void GoOnBehindGap(MarketDataBatch batch)
    {
        var at = batch.Events.FirstOrDefault(marketEvent => marketEvent.EventTime.IsKnown).EventTime;
        if (!_isOfEarlierRun || (_isBehindGap && !at.IsKnown))
        {
            return;
        }

        _isOfEarlierRun = !at.IsKnown;
        var gap = (at.IsKnown ? at - _pipeline.Clock : batch.IngestedAt - state.State.IngestedAt).TotalSeconds;
        if (gap < 0 || gap > options.Value.SnapshotGapSecondsMax)
        {
            LogSnapshotRefused(logger, batch.Instrument, string.Create(
                CultureInfo.InvariantCulture,
                $"it is {gap:0.#} s older than the market, 0 to {options.Value.SnapshotGapSecondsMax:0.#} are taken (Agent:SnapshotGapSecondsMax)"));
            _pipeline = new FeaturePipeline(batch.Instrument, options.Value.Features);
            _isOfEarlierRun = false;
        }
        else if (!_isBehindGap)
        {
            _pipeline.GoOnBehindGap();
            _epoch = batch.FeedEpoch;
            _isBehindGap = true;
            LogBehindGap(logger, batch.Instrument, gap);
        }
    }

    private FeaturePipeline RestoreOrNew(InstrumentId instrument)
    {
        _isLogKept = services.GetRequiredKeyedService<IStreamProvider>(StreamNames.Provider).IsRewindable;
        _snapshotAt = time.GetTimestamp();
        var fresh = new FeaturePipeline(instrument, options.Value.Features);
        if (!_isLogKept || state.State.Pipeline is not { } image)
        {
            return fresh;
        }

        if (state.State.SchemaHash != fresh.Schema.Hash)
        {
            LogSnapshotRefused(logger, instrument, "it is of another feature schema");
            return fresh;
        }

        if (state.State.Lines is null != (feeds.Value.Lines == 1))
        {
            LogSnapshotRefused(logger, instrument, "it was made with another number of lines");
            return fresh;
        }

        try
        {
            var restored = new StateImage(fresh.Schema, options.Value.Features).Restore<FeaturePipeline>(image);
            _consumed = state.State.EventsConsumed;
            _checksum = state.State.SequenceChecksum;
            if (state.State.LogId != LogId)
            {
                // The log ended with its process: offsets, epochs and sequences counted in it.
                _isOfEarlierRun = true;
                return restored;
            }

            _offset = state.State.Offset;
            _origin = state.State.Origin;
            _epoch = state.State.FeedEpoch;
            _lastSequence = state.State.LastSequence;
            _arbiter = state.State.Lines is { } lines ? new LineArbiter(lines) : null;
            _decideFrom = Now();
            _restoredAt = time.GetTimestamp();
            LogRestored(logger, instrument, _offset, _epoch, _lastSequence);
            return restored;
        }
        catch (FormatException e)
        {
            LogSnapshotRefused(logger, instrument, e.Message);
            return fresh;
        }
    }

    /// <summary>
    /// True when events are missing before this batch and the log has been asked for them: the batch comes again behind
    /// them. What does not come at the second time is lost, and counted as a hole by the pipeline.
    /// </summary>
    private async Task<bool> HasAskedForMissing(MarketDataBatch batch)
    {
        var expected = Expected(batch);
        if (!_isLogKept || _offset < 0 || batch.Events[0].Sequence <= expected || _asked == (batch.Line, batch.FeedEpoch, expected))
        {
            return false;
        }

        _asked = (batch.Line, batch.FeedEpoch, expected);
        LogMissing(logger, batch.Instrument, expected, batch.Events[0].Sequence - 1);
        _subscription = await _subscription!.ResumeAsync(this, PlaceInLog());
        return true;
    }

    private void CountConsumed(MarketDataBatch batch, int start)
    {
        for (var i = start; i < batch.Events.Length; i++)
        {
            CountConsumed(batch.Events.ItemRef(i).Sequence);
        }
    }

    private void CountConsumed(long number)
    {
        for (var shift = 0; shift < 64; shift += 8)
        {
            _checksum = (_checksum ^ (((ulong)number >> shift) & 0xff)) * FnvPrime;
        }

        _consumed++;
    }

    /// <summary>Takes the image now and writes it while events go on.</summary>
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
            // Another activation has gone on meanwhile: this one is of the past.
            LogSnapshotFailed(logger, this.GetPrimaryKeyString(), e.Message);
            DeactivateOnIdle();
        }
        catch (Exception e)
        {
            // The one before it serves; the log is read again from there.
            LogSnapshotFailed(logger, this.GetPrimaryKeyString(), e.Message);
        }
    }

    private Task Store()
    {
        _snapshotAt = time.GetTimestamp();
        state.State.Pipeline = new StateImage(_pipeline.Schema, options.Value.Features).Take(_pipeline);
        state.State.SchemaHash = _pipeline.Schema.Hash;
        state.State.LogId = LogId;
        state.State.Offset = _offset;
        state.State.Origin = _origin;
        state.State.FeedEpoch = _epoch;
        state.State.LastSequence = _lastSequence;
        state.State.EventsConsumed = _consumed;
        state.State.SequenceChecksum = _checksum;
        state.State.Lines = _arbiter?.ToState();
        state.State.IngestedAt = _ingestedAt;
        return state.WriteStateAsync();
    }
}
