using BtcAgent.Domain.MarketData;

namespace BtcAgent.Exchanges.Simulator.Markets;

/// <summary>Told what one market makes public, in order.</summary>
internal interface IMarketPublisher
{
    void Trade(in VenueTrade trade);

    void Top(long updateId, Quote top);

    /// <param name="changes">Since the message before; not empty.</param>
    /// <param name="timeMs">Venue time.</param>
    /// <param name="isFast">True for the 100 ms stream, false for that of 1 s.</param>
    void Depth(DepthChanges changes, long timeMs, bool isFast);

    void Kline(VenueKline kline, long timeMs, bool isClosed);

    /// <summary>Once a second.</summary>
    void ReferencePrice(ReferencePrice reference, long timeMs);
}
