using BtcAgent.Contracts.Instruments;
using BtcAgent.Domain.Instruments;

namespace BtcAgent.Grains.Instruments;

/// <summary>
/// The venue's rules as the instruments have them, queried again when older than a second: the venue may close a symbol, or
/// move its reference price, at any time.
/// </summary>
internal sealed class RulesMemory(IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);
    private readonly Dictionary<InstrumentId, (TradingRules Rules, long At)> _known = [];

    /// <exception cref="InvalidOperationException">The instrument has no rules yet.</exception>
    public async Task<TradingRules> Of(InstrumentId instrument)
    {
        var isKnown = _known.TryGetValue(instrument, out var known);
        if (isKnown && time.GetElapsedTime(known.At) < FreshFor)
        {
            return known.Rules;
        }

        try
        {
            var rules = await grains.GetGrain<IInstrumentGrain>(instrument.Key).GetRules()
                ?? throw new InvalidOperationException($"{instrument} has no trading rules yet: its feed has not started");
            _known[instrument] = (rules, time.GetTimestamp());
            return rules;
        }
        catch (Exception e) when (isKnown && e is OrleansException or TimeoutException)
        {
            return known.Rules; // The grain is moving to another silo: the last known rules still apply.
        }
    }
}
