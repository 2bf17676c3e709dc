namespace BtcAgent.Domain.MarketData.Lines;

/// <summary>An event and its bids, then asks, which its own <c>LevelsStart</c> does not place.</summary>
public readonly record struct MergedEvent(MarketEvent Event, ReadOnlyMemory<PriceLevel> Levels);
