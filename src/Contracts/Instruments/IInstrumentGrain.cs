using BtcAgent.Domain.Instruments;

namespace BtcAgent.Contracts.Instruments;

/// <summary>Key: instrument. Knows the last quote and trade, bars, rules and the feed's health.</summary>
[Alias("IInstrumentGrain")]
public interface IInstrumentGrain : IGrainWithStringKey
{
    /// <summary>Told by the feed when the venue has said what it accepts; stored.</summary>
    [Alias("SetRules")]
    Task SetRules(TradingRules rules);

    /// <summary>Null until the venue has answered once.</summary>
    [Alias("GetRules")]
    Task<TradingRules?> GetRules();

    /// <param name="barCount">How many of the newest bars, 0…3600.</param>
    [Alias("GetSnapshot")]
    Task<InstrumentSnapshot> GetSnapshot(int barCount);
}
