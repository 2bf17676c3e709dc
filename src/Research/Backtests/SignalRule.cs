using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// Any model or rule over bars: each bar's sample goes through the signal engine that trades live, and a valid signal's
/// direction is where it wants to stand. A refused signal changes nothing and is counted by its reasons.
/// </summary>
public sealed class SignalRule(BarFeaturePipeline pipeline, SignalEngine signals) : IBarRule
{
    private readonly SortedDictionary<string, int> _refusals = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    public BarWish OnBar(in Bar bar)
    {
        pipeline.Apply(in bar);
        var signal = signals.Evaluate(pipeline.Sample());
        foreach (var refusal in signal.Refusals)
        {
            _refusals[refusal.Code] = _refusals.GetValueOrDefault(refusal.Code) + 1;
        }

        return signal.IsValid ? (BarWish)(sbyte)signal.Direction : BarWish.Stay;
    }
}
