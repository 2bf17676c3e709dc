using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// Any model or rule over bars: each bar's sample goes through the signal engine that trades live, and a valid signal's
/// direction is where it wants to stand. A refused signal changes nothing and is counted by its reasons.
/// </summary>
/// <param name="instrument">Of the bars.</param>
/// <param name="pipeline">Fresh.</param>
/// <param name="signals">Fresh, of the same schema.</param>
public sealed class SignalRule(InstrumentId instrument, BarFeaturePipeline pipeline, SignalEngine signals) : IBarRule
{
    private readonly SortedDictionary<string, int> _refusals = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    public BarWish OnBar(in Bar bar)
    {
        if (!pipeline.Apply(in bar))
        {
            return BarWish.Stay;
        }

        // Bars tell no book: the close stands for both sides, and there is nothing that could be out of sync.
        var quote = new Quote(bar.Close, bar.Volume, bar.Close, bar.Volume);
        var signal = signals.Evaluate(pipeline.Sample(instrument, in quote) with { BookInSync = true });
        foreach (var refusal in signal.Refusals)
        {
            _refusals[refusal.Code] = _refusals.GetValueOrDefault(refusal.Code) + 1;
        }

        return signal.IsValid ? (BarWish)(sbyte)signal.Direction : BarWish.Stay;
    }
}
