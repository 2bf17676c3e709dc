using System.Collections.Immutable;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.MarketData.Lines;

namespace BtcAgent.Grains.Features;

/// <summary>Two readers of one venue: of each event the first to come is applied, under a number of its own.</summary>
internal sealed partial class FeatureGrain
{
    private readonly ImmutableArray<MarketEvent>.Builder _taken = ImmutableArray.CreateBuilder<MarketEvent>();
    private readonly ImmutableArray<PriceLevel>.Builder _takenLevels = ImmutableArray.CreateBuilder<PriceLevel>();

    /// <summary>Null with one line.</summary>
    private LineArbiter? _arbiter;

    private async Task ApplyMerged(LineArbiter arbiter, MarketDataBatch batch, long offset)
    {
        // One epoch for good, since a line that starts anew does not make the book unknown; above those that executions have seen.
        _epoch = _epoch == 0 ? Math.Max(batch.FeedEpoch, state.State.FeedEpoch + 1) : _epoch;
        foreach (var (numbered, levels) in arbiter.Merge(batch, () => _pipeline.Synchronizer.IsInSync))
        {
            if (_pipeline.TrySample(in numbered, out var sample))
            {
                await ShowTaken(batch);
                await Decide(sample, offset, batch.IngestedAt);
            }

            Take(in numbered, levels.Span);
        }

        await ShowTaken(batch);
    }

    private void Take(in MarketEvent numbered, ReadOnlySpan<PriceLevel> levels)
    {
        var isTimeBelieved = _pipeline.Apply(in numbered, levels);
        _taken.Add(numbered with { LevelsStart = _takenLevels.Count, EventTime = isTimeBelieved ? numbered.EventTime : Timestamp.Unknown });
        _takenLevels.AddRange(levels);
        _lastSequence = numbered.Sequence;
        CountConsumed(numbered.Sequence);
    }

    private Task ShowTaken(MarketDataBatch batch)
    {
        var events = _taken.DrainToImmutable();
        return Show(batch with { FeedEpoch = _epoch, Events = events, Levels = _takenLevels.DrainToImmutable() }, 0, events.Length);
    }
}
