namespace BtcAgent.Domain.MarketData.Lines;

/// <summary>An event with its own levels, bids then asks; its <c>LevelsStart</c> does not apply to them.</summary>
public readonly record struct MergedEvent(MarketEvent Event, ReadOnlyMemory<PriceLevel> Levels);
