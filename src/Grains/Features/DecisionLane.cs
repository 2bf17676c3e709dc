using System.Collections.Immutable;
using BtcAgent.Contracts.Signals;
using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Trading;

namespace BtcAgent.Grains.Features;

/// <summary>
/// Sends one strategy's samples to its signal grain: one in flight, the latest wins. Counts a sample that is overtaken; its
/// closed bars go with the one that overtook it, so that no model misses a bar.
/// </summary>
internal sealed class DecisionLane(ISignalGrain signals, Action<Decision, Timestamp> decided, Action<Exception> failed, TimeProvider time)
{
    private (FeatureSample Sample, Timestamp IngestedAt)? _waiting;
    private ImmutableArray<Bar> _passedBars = [];
    private bool _busy;
    private long _decidedAt = time.GetTimestamp();

    public long Skipped { get; private set; }

    /// <summary>Time since the last decision, or since the creation of the lane.</summary>
    public TimeSpan DecisionAge => time.GetElapsedTime(_decidedAt);

    /// <summary>Decides now; completes with the decision.</summary>
    public async Task Decide(FeatureSample sample, Timestamp ingestedAt)
    {
        decided(await signals.Evaluate(sample), ingestedAt);
        _decidedAt = time.GetTimestamp();
    }

    /// <summary>Decides after the decision in flight, unless a newer sample arrives first.</summary>
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

    /// <summary>Skips a sample; its closed bars go with the next one.</summary>
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
