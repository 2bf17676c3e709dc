using BtcAgent.Domain.Instruments;

namespace BtcAgent.Contracts.Instruments;

/// <summary>Key: instrument. Holds the last quote and trade, bars, rules and the feed's health.</summary>
[Alias("IInstrumentGrain")]
public interface IInstrumentGrain : IGrainWithStringKey
{
    /// <summary>Stores the venue's trading rules; called by the feed.</summary>
    [Alias("SetRules")]
    Task SetRules(TradingRules rules);

    /// <summary>Returns null until the venue has answered once.</summary>
    [Alias("GetRules")]
    Task<TradingRules?> GetRules();

    /// <param name="barCount">How many of the newest bars, 0…3600.</param>
    [Alias("GetSnapshot")]
    Task<InstrumentSnapshot> GetSnapshot(int barCount);
}
