using BtcAgent.Domain.Instruments;

namespace BtcAgent.Grains.Instruments;

/// <summary>What an instrument grain keeps across restarts.</summary>
public sealed class InstrumentGrainState
{
    public TradingRules? Rules { get; set; }
}
