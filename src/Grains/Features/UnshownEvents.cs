using System.Collections.Immutable;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Streams;

namespace BtcAgent.Grains.Features;

/// <summary>
/// The events of a batch that were applied and not shown to the executions yet. Those of one line are shown as a part of their
/// batch, without a copy; those of two lines, which the stream has numbered again, in a batch of their own.
/// </summary>
internal sealed class UnshownEvents(InstrumentStream stream)
{
    private readonly ImmutableArray<MarketEvent>.Builder _merged = ImmutableArray.CreateBuilder<MarketEvent>();
    private readonly ImmutableArray<PriceLevel>.Builder _mergedLevels = ImmutableArray.CreateBuilder<PriceLevel>();

    /// <summary>The batch's events with times that are not believed taken out; null while all are.</summary>
    private ImmutableArray<MarketEvent>.Builder? _judged;
    private MarketDataBatch _batch = null!;
    private int _from;
    private int _to;

    public void Open(MarketDataBatch batch)
    {
        _batch = batch;
        _judged = null;
        (_from, _to) = (0, 0);
    }

    /// <summary>The stream's current event, as others are to see it.</summary>
    public void Add(bool isTimeBelieved)
    {
        if (stream.IsMerged)
        {
            ref readonly var taken = ref stream.Current;
            var time = isTimeBelieved ? taken.EventTime : Timestamp.Unknown;
            _merged.Add(taken with { LevelsStart = _mergedLevels.Count, EventTime = time });
            _mergedLevels.AddRange(stream.Levels);
            return;
        }

        var place = stream.Place;
        _from = _from == _to ? place : _from;
        _to = place + 1;
        if (!isTimeBelieved)
        {
            _judged ??= _batch.Events.ToBuilder();
            _judged[place] = _judged[place] with { EventTime = Timestamp.Unknown };
        }
    }

    /// <summary>Takes what waits: a batch and a range of its events, which is empty when nothing does.</summary>
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
        return (_judged is null ? _batch : _batch with { Events = _judged.ToImmutable() }, from, to);
    }
}
