namespace BtcAgent.Domain.MarketData;

/// <summary>Receives a feed's events in order. <see cref="FlushAsync"/> may wait, which slows the feed down.</summary>
public interface IMarketEventSink
{
    /// <summary>The levels are valid only during the call: bids, then asks.</summary>
    void Accept(in MarketEvent marketEvent, ReadOnlySpan<PriceLevel> levels);

    /// <summary>Counts a refused frame; the feed continues.</summary>
    void Refuse(string reason);

    /// <summary>The venue's clock minus ours, just measured; valid until the next measurement.</summary>
    void OnClockMeasured(TimeSpan offset);

    /// <summary>Passes on what was accepted since the last flush.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
