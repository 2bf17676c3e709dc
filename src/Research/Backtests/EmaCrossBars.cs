using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// The agent's reference model over bars: it stands where the model points. The model reads closed bars alone, so no features are
/// computed, and no gate judges its signals: no confidence, cool-down or cost keeps it from turning.
/// </summary>
public sealed class EmaCrossBars(EmaCrossModel model) : IBarRule
{
    public BarWish OnBar(in Bar bar)
    {
        model.OnBar(in bar);
        return model.Direction is { } direction ? (BarWish)(sbyte)direction : BarWish.Stay;
    }
}
