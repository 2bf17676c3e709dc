using System.Collections.Immutable;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;

namespace BtcAgent.Grains.Features;

/// <summary>
/// The events of a batch that were applied but not yet passed to the executions. Events of one line are passed as part of
/// their batch, without a copy; those of two lines, which the stream has renumbered, in their own batch.
/// </summary>
internal sealed class PendingEvents(InstrumentStream stream)
{
    private readonly ImmutableArray<MarketEvent>.Builder _merged = ImmutableArray.CreateBuilder<MarketEvent>();
    private readonly ImmutableArray<PriceLevel>.Builder _mergedLevels = ImmutableArray.CreateBuilder<PriceLevel>();

    /// <summary>The batch's events, with implausible times removed; null while all are plausible.</summary>
    private ImmutableArray<MarketEvent>.Builder? _corrected;
    private MarketDataBatch _batch = null!;
    private int _from;
    private int _to;

    public void Open(MarketDataBatch batch)
    {
        _batch = batch;
        _corrected = null;
        (_from, _to) = (0, 0);
    }

    /// <summary>Adds the stream's current event in the form for the executions.</summary>
    public void Add(bool isTimePlausible)
    {
        if (stream.IsMerged)
        {
            ref readonly var taken = ref stream.Current;
            var time = isTimePlausible ? taken.EventTime : Timestamp.Unknown;
            _merged.Add(taken with { LevelsStart = _mergedLevels.Count, EventTime = time });
            _mergedLevels.AddRange(stream.Levels);
            return;
        }

        var place = stream.Place;
        _from = _from == _to ? place : _from;
        _to = place + 1;
        if (!isTimePlausible)
        {
            _corrected ??= _batch.Events.ToBuilder();
            _corrected[place] = _corrected[place] with { EventTime = Timestamp.Unknown };
        }
    }

    /// <summary>Takes the waiting events as a batch and a range, which is empty if there are none.</summary>
    public (MarketDataBatch Batch, int From, int To) Take()
    {
        if (stream.IsMerged)
        {
            var events = _merged.DrainToImmutable();
            var levels = _mergedLevels.DrainToImmutable();
            return (_batch with { FeedEpoch = stream.Epoch, Events = events, Levels = levels }, 0, events.Length);
        }

        var (from, to) = (_from, _to);
        _from = _to;
        return (_corrected is null ? _batch : _batch with { Events = _corrected.ToImmutable() }, from, to);
    }
}
