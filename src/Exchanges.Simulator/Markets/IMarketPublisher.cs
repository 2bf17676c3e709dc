using BtcAgent.Domain.MarketData;

namespace BtcAgent.Exchanges.Simulator.Markets;

/// <summary>Receives what one market publishes, in order.</summary>
internal interface IMarketPublisher
{
    void Trade(in VenueTrade trade);

    void Top(long updateId, Quote top);

    /// <param name="changes">Changes since the previous message; not empty.</param>
    /// <param name="timeMs">Venue time.</param>
    /// <param name="isFast">True for the 100 ms stream, false for the 1 s stream.</param>
    void Depth(DepthChanges changes, long timeMs, bool isFast);

    void Kline(VenueKline kline, long timeMs, bool isClosed);

    /// <summary>Called once a second.</summary>
    void ReferencePrice(ReferencePrice reference, long timeMs);
}
