using BtcAgent.Domain.Bars;
using BtcAgent.Domain.Features;
using BtcAgent.Domain.MarketData;
using BtcAgent.Domain.Signals;

namespace BtcAgent.Research.Backtests;

/// <summary>
/// Runs any model or rule over bars: each bar's sample goes through the live signal engine, and a valid signal's direction is
/// the wanted position. A refused signal changes nothing and is counted by its reasons.
/// </summary>
/// <param name="instrument">Instrument of the bars.</param>
/// <param name="pipeline">A new pipeline.</param>
/// <param name="signals">A new engine with the same schema.</param>
public sealed class SignalRule(InstrumentId instrument, BarFeaturePipeline pipeline, SignalEngine signals) : IBarRule
{
    private readonly SortedDictionary<string, int> _refusals = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    public BarTarget OnBar(in Bar bar)
    {
        if (!pipeline.Apply(in bar))
        {
            // An empty bar has no sample, but the model reads every bar.
            signals.Model.OnBar(in bar);
            return BarTarget.Stay;
        }

        // Bars have no book: the close replaces both sides, and nothing can be out of sync.
        var quote = new Quote(bar.Close, bar.Volume, bar.Close, bar.Volume);
        var signal = signals.Evaluate(pipeline.Sample(instrument, in quote) with { BookInSync = true });
        foreach (var refusal in signal.Refusals)
        {
            _refusals[refusal.Code] = _refusals.GetValueOrDefault(refusal.Code) + 1;
        }

        return signal.IsValid ? (BarTarget)(sbyte)signal.Direction : BarTarget.Stay;
    }
}
