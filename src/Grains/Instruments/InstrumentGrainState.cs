using BtcAgent.Domain.Instruments;

namespace BtcAgent.Grains.Instruments;

/// <summary>Stored state of an instrument grain.</summary>
public sealed class InstrumentGrainState
{
    public TradingRules? Rules { get; set; }
}
