namespace BtcAgent.Research.Datasets;

/// <summary>A trade, at the venue's time, of which nobody says who took liquidity.</summary>
public readonly record struct TradeTick(Timestamp Time, Price Price, Quantity Quantity);
