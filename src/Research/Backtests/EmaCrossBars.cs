using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// The agent's reference model over bars: its position follows the model's direction. The model reads only closed bars, so no
/// features are computed, and no gate checks its signals: neither confidence nor cool-down nor costs prevent a turn.
/// </summary>
public sealed class EmaCrossBars(EmaCrossModel model) : IBarRule
{
    public BarTarget OnBar(in Bar bar)
    {
        model.OnBar(in bar);
        return model.Direction is { } direction ? (BarTarget)(sbyte)direction : BarTarget.Stay;
    }
}
