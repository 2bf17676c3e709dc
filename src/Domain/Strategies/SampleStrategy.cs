using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Snapshots;

namespace BtcAgent.Domain.Strategies;

/// <summary>
/// Decides at every sample, by default once a second, from quote and features. Over bars there is one sample for each bar, and
/// features of book and trades are unknown.
/// </summary>
public abstract class SampleStrategy : Strategy
{
    /// <summary>A restart may deliver bars again that the saved state contains.</summary>
    private Timestamp _seenTo;

    protected abstract StrategySignal OnSample(in MarketView market);

    /// <summary>Called with each bar of the agent, in order, before the sample that contains it. Does nothing by default.</summary>
    protected virtual void OnBar(in Bar bar)
    {
    }

    private protected sealed override void Take(in Bar bar)
    {
        if (bar.OpenTime >= _seenTo)
        {
            _seenTo = bar.CloseTime;
            OnBar(in bar);
        }
    }

    private protected sealed override StrategySignal Decide(FeatureSample sample) => OnSample(new MarketView(sample, Schema));

    private protected sealed override void SaveBars(StateWriter writer) => writer.Write(_seenTo);

    private protected sealed override void LoadBars(StateReader reader) => _seenTo = reader.ReadTimestamp();
}
