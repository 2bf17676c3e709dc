using System.Collections.Immutable;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Grains.Features;

/// <summary>
/// The way of one strategy's samples to its signal grain: one in flight, the latest wins. A sample that is
/// overtaken is counted; its closed bars travel with the one that overtook it, so no model misses a bar.
/// </summary>
internal sealed class DecisionLane(ISignalGrain signals, Action<Decision, Timestamp> decided, Action<Exception> failed, TimeProvider time)
{
    private (FeatureSample Sample, Timestamp IngestedAt)? _waiting;
    private ImmutableArray<Bar> _passedBars = [];
    private bool _busy;
    private long _decidedAt = time.GetTimestamp();

    public long Skipped { get; private set; }

    /// <summary>Since the last decision, or since the lane is there.</summary>
    public TimeSpan DecisionAge => time.GetElapsedTime(_decidedAt);

    /// <summary>Decides now and returns when that is done.</summary>
    public async Task Decide(FeatureSample sample, Timestamp ingestedAt)
    {
        decided(await signals.Evaluate(sample), ingestedAt);
        _decidedAt = time.GetTimestamp();
    }

    /// <summary>Decides when the decision in flight is done, unless a newer sample comes first.</summary>
    public void Offer(FeatureSample sample, Timestamp ingestedAt)
    {
        if (!_passedBars.IsEmpty)
        {
            sample = sample with { ClosedBars = _passedBars.AddRange(sample.ClosedBars) };
            _passedBars = [];
        }

        if (_waiting is { } overtaken)
        {
            Skipped++;
            sample = sample with { ClosedBars = overtaken.Sample.ClosedBars.AddRange(sample.ClosedBars) };
        }

        _waiting = (sample, ingestedAt);
        if (!_busy)
        {
            _ = Drain();
        }
    }

    /// <summary>Leaves a sample undecided; its closed bars go with the next one.</summary>
    public void Pass(FeatureSample sample)
    {
        Skipped++;
        _passedBars = _passedBars.AddRange(sample.ClosedBars);
    }

    private async Task Drain()
    {
        _busy = true;
        try
        {
            while (_waiting is { } next)
            {
                _waiting = null;
                try
                {
                    await Decide(next.Sample, next.IngestedAt);
                }
                catch (Exception e)
                {
                    failed(e);
                }
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
