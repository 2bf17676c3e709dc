namespace BtcAgent.Exchanges.Simulator.Markets;

/// <summary>One trade of the venue; time in milliseconds since 1970 UTC.</summary>
internal readonly record struct VenueTrade(long Id, long TimeMs, Price Price, Quantity Quantity, bool BuyerIsMaker);
