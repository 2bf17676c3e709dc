using BtcAgent.Domain.MarketData;

namespace BtcAgent.Research.Datasets;

/// <summary>Returns the levels of a book event, bids then asks; empty for other events.</summary>
public delegate ReadOnlySpan<PriceLevel> LevelsOfEvent(in MarketEvent marketEvent);
