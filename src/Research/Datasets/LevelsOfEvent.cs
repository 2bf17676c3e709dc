using BtcAgent.Domain.MarketData;

namespace BtcAgent.Research.Datasets;

/// <summary>The levels of a book event: bids, then asks, as many as the event says; empty for other events.</summary>
public delegate ReadOnlySpan<PriceLevel> LevelsOfEvent(in MarketEvent marketEvent);
