using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Simulator.Markets;

namespace BtcAgent.Exchanges.Simulator.Streams;

/// <summary>Converts what a market publishes into stream messages, for streams with listeners only.</summary>
internal sealed class HubPublisher(string symbol, StreamHub hub) : IMarketPublisher
{
    private readonly MarketTopics _topics = new(symbol);

    public void Trade(in VenueTrade trade)
    {
        if (hub.HasListeners(_topics.Trade))
        {
            hub.Publish(_topics.Trade, VenueMessages.Trade(symbol, in trade));
        }
    }

    public void Top(long updateId, Quote top)
    {
        if (hub.HasListeners(_topics.BookTicker))
        {
            hub.Publish(_topics.BookTicker, VenueMessages.BookTicker(symbol, updateId, top));
        }
    }

    public void Depth(DepthChanges changes, long timeMs, bool isFast)
    {
        var topic = isFast ? _topics.DepthFast : _topics.Depth;
        if (hub.HasListeners(topic))
        {
            hub.Publish(topic, VenueMessages.Depth(symbol, timeMs, changes));
        }
    }

    public void ReferencePrice(ReferencePrice reference, long timeMs)
    {
        if (reference.Source != ReferencePriceSource.Absent && hub.HasListeners(_topics.ReferencePrice))
        {
            hub.Publish(_topics.ReferencePrice, VenueMessages.ReferencePrice(symbol, reference.Current(timeMs), timeMs));
        }
    }

    public void Kline(VenueKline kline, long timeMs, bool isClosed)
    {
        if (hub.HasListeners(_topics.Kline))
        {
            hub.Publish(_topics.Kline, VenueMessages.Kline(symbol, timeMs, kline, isClosed));
        }
    }
}
