using BtcAgent.Domain.MarketData;
using BtcAgent.Exchanges.Simulator.Markets;

namespace BtcAgent.Exchanges.Simulator.History;

/// <summary>Converts what a market publishes into events, from <see cref="Begin"/> on.</summary>
internal sealed class HistoryPublisher(MarketEventHandler handler) : IMarketPublisher
{
    private const int SnapshotDepth = 1_000;

    private PriceLevel[] _levels = new PriceLevel[256];
    private SimulatedMarket? _market;
    private long _sequence;

    /// <summary>Publishes the current book as a snapshot and every change after it.</summary>
    public void Begin(SimulatedMarket market)
    {
        _market = market;
        var bids = Math.Min(SnapshotDepth, market.LevelCount(Side.Buy));
        var asks = Math.Min(SnapshotDepth, market.LevelCount(Side.Sell));
        Reserve(bids + asks);
        for (var i = 0; i < bids + asks; i++)
        {
            var (price, quantity) = i < bids ? market.LevelAt(Side.Buy, i) : market.LevelAt(Side.Sell, i - bids);
            _levels[i] = new PriceLevel(price, quantity);
        }

        Send(new MarketEvent
        {
            Kind = MarketEventKind.BookSnapshot,
            LastId = market.UpdateId,
            BidCount = bids,
            AskCount = asks,
        });
    }

    public void Trade(in VenueTrade trade) => Send(new MarketEvent
    {
        Kind = MarketEventKind.Trade,
        EventTime = Timestamp.FromUnixMilliseconds(trade.TimeMs),
        FirstId = trade.Id,
        LastId = trade.Id,
        Price = trade.Price,
        Quantity = trade.Quantity,
        Aggressor = trade.BuyerIsMaker ? Side.Sell : Side.Buy,
    });

    public void Top(long updateId, Quote top) => Send(new MarketEvent
    {
        Kind = MarketEventKind.Quote,
        LastId = updateId,
        Price = top.Bid,
        Quantity = top.BidQuantity,
        AskPrice = top.Ask,
        AskQuantity = top.AskQuantity,
    });

    public void Depth(DepthChanges changes, long timeMs, bool isFast)
    {
        if (!isFast || _market is null)
        {
            return;
        }

        Reserve(changes.Bids.Count + changes.Asks.Count);
        var count = 0;
        foreach (var (price, quantity) in changes.Bids)
        {
            _levels[count++] = new PriceLevel(price, quantity);
        }

        foreach (var (price, quantity) in changes.Asks)
        {
            _levels[count++] = new PriceLevel(price, quantity);
        }

        Send(new MarketEvent
        {
            Kind = MarketEventKind.BookDelta,
            EventTime = Timestamp.FromUnixMilliseconds(timeMs),
            FirstId = changes.FirstId,
            LastId = changes.LastId,
            BidCount = changes.Bids.Count,
            AskCount = changes.Asks.Count,
        });
    }

    /// <summary>Ignored: a feed of trades and depth does not read klines.</summary>
    /// <summary>Ignored: a recording has no reference prices, and backtests use market prices.</summary>
    public void ReferencePrice(ReferencePrice reference, long timeMs)
    {
        return;
    }

    public void Kline(VenueKline kline, long timeMs, bool isClosed)
    {
    }

    private void Send(MarketEvent marketEvent)
    {
        if (_market is { } market)
        {
            handler(
                marketEvent with { Sequence = ++_sequence, ReceiveTime = Timestamp.FromUnixMilliseconds(market.NowMs) },
                _levels.AsSpan(0, marketEvent.LevelCount));
        }
    }

    private void Reserve(int levels)
    {
        if (levels > _levels.Length)
        {
            Array.Resize(ref _levels, levels * 2);
        }
    }
}
