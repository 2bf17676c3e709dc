namespace BtcAgent.Exchanges.Simulator.Markets;

internal enum ReferencePriceSource : byte
{
    /// <summary>ARITHMETIC_MEAN of the trades.</summary>
    Trades,

    /// <summary>EXTERNAL, method 0: set by hand.</summary>
    External,

    /// <summary>Never set.</summary>
    Absent,
}
