namespace BtcAgent.Exchanges.Binance.Frames;

public sealed partial class BinanceFrameParser
{
    private bool TryParseFast(
        ReadOnlySpan<byte> frame, Timestamp receiveTime, long sequence, out MarketEvent marketEvent)
    {
        var combined = true;
        var cursor = new FastCursor(frame);
        bool parsed;
        if (cursor.Skip(_quoteStart))
        {
            parsed = TryFastQuote(ref cursor, receiveTime, sequence, out marketEvent);
        }
        else if (cursor.Skip(_tradeStart))
        {
            parsed = TryFastTrade(ref cursor, receiveTime, sequence, out marketEvent);
        }
        else if (cursor.Skip(_depthStart))
        {
            parsed = TryFastDepth(ref cursor, receiveTime, sequence, out marketEvent);
        }
        else
        {
            combined = false;
            parsed = TryFastSnapshot(ref cursor, receiveTime, sequence, out marketEvent);
        }

        return parsed && (!combined || cursor.Skip((byte)'}')) && cursor.AtEnd;
    }

    private bool TryFastQuote(
        ref FastCursor cursor, Timestamp receiveTime, long sequence, out MarketEvent marketEvent)
    {
        marketEvent = default;
        if (!cursor.Skip("{\"u\":"u8) || !cursor.ReadInteger(out var updateId) || !cursor.Skip(_quoteSymbolMember)
            || !cursor.ReadDecimal(out var bid) || !cursor.Skip("\",\"B\":\""u8)
            || !cursor.ReadDecimal(out var bidQuantity) || !cursor.Skip("\",\"a\":\""u8)
            || !cursor.ReadDecimal(out var ask) || !cursor.Skip("\",\"A\":\""u8)
            || !cursor.ReadDecimal(out var askQuantity) || !cursor.Skip("\"}"u8))
        {
            return false;
        }

        marketEvent = new MarketEvent
        {
            Kind = MarketEventKind.Quote,
            Sequence = sequence,
            ReceiveTime = receiveTime,
            LastId = updateId,
            Price = Price.FromUnits(bid),
            Quantity = Quantity.FromUnits(bidQuantity),
            AskPrice = Price.FromUnits(ask),
            AskQuantity = Quantity.FromUnits(askQuantity),
        };
        return true;
    }

    private bool TryFastTrade(
        ref FastCursor cursor, Timestamp receiveTime, long sequence, out MarketEvent marketEvent)
    {
        marketEvent = default;
        if (!cursor.Skip("{\"e\":\"trade\",\"E\":"u8) || !cursor.ReadInteger(out _) || !cursor.Skip(_symbolMember)
            || !cursor.Skip("t\":"u8) || !cursor.ReadInteger(out var id) || !cursor.Skip(",\"p\":\""u8)
            || !cursor.ReadDecimal(out var price) || !cursor.Skip("\",\"q\":\""u8)
            || !cursor.ReadDecimal(out var quantity) || !cursor.Skip("\",\"T\":"u8)
            || !cursor.ReadInteger(out var time) || !cursor.Skip(",\"m\":"u8))
        {
            return false;
        }

        var sellerTook = cursor.Skip("true,"u8);
        if ((!sellerTook && !cursor.Skip("false,"u8))
            || (!cursor.Skip("\"M\":true}"u8) && !cursor.Skip("\"M\":false}"u8))
            || price == 0 || quantity == 0 || !VenueTime.TryRead(time, out var eventTime))
        {
            return false;
        }

        marketEvent = new MarketEvent
        {
            Kind = MarketEventKind.Trade,
            Sequence = sequence,
            EventTime = eventTime,
            ReceiveTime = receiveTime,
            FirstId = id,
            LastId = id,
            Price = Price.FromUnits(price),
            Quantity = Quantity.FromUnits(quantity),
            Aggressor = sellerTook ? Side.Sell : Side.Buy,
        };
        return true;
    }

    private bool TryFastDepth(
        ref FastCursor cursor, Timestamp receiveTime, long sequence, out MarketEvent marketEvent)
    {
        marketEvent = default;
        if (!cursor.Skip("{\"e\":\"depthUpdate\",\"E\":"u8) || !cursor.ReadInteger(out var time)
            || !cursor.Skip(_symbolMember)
            || !cursor.Skip("U\":"u8) || !cursor.ReadInteger(out var firstId)
            || !cursor.Skip(",\"u\":"u8) || !cursor.ReadInteger(out var lastId)
            || !cursor.Skip(",\"b\":["u8) || !TryFastLevels(ref cursor, out var bids)
            || !cursor.Skip(",\"a\":["u8) || !TryFastLevels(ref cursor, out var asks)
            || !cursor.Skip((byte)'}') || firstId > lastId || !VenueTime.TryRead(time, out var eventTime))
        {
            return false;
        }

        marketEvent = new MarketEvent
        {
            Kind = MarketEventKind.BookDelta,
            Sequence = sequence,
            EventTime = eventTime,
            ReceiveTime = receiveTime,
            FirstId = firstId,
            LastId = lastId,
            BidCount = bids,
            AskCount = asks,
        };
        return true;
    }

    private bool TryFastSnapshot(
        ref FastCursor cursor, Timestamp receiveTime, long sequence, out MarketEvent marketEvent)
    {
        marketEvent = default;
        if (!cursor.Skip("{\"lastUpdateId\":"u8) || !cursor.ReadInteger(out var lastId)
            || !cursor.Skip(",\"bids\":["u8) || !TryFastLevels(ref cursor, out var bids)
            || !cursor.Skip(",\"asks\":["u8) || !TryFastLevels(ref cursor, out var asks)
            || !cursor.Skip((byte)'}'))
        {
            return false;
        }

        marketEvent = SnapshotOf(lastId, bids, asks, receiveTime, sequence);
        return true;
    }

    private bool TryFastLevels(ref FastCursor cursor, out int count)
    {
        count = 0;
        if (cursor.Skip((byte)']'))
        {
            return true;
        }

        do
        {
            if (!cursor.Skip("[\""u8) || !cursor.ReadDecimal(out var price) || !cursor.Skip("\",\""u8)
                || !cursor.ReadDecimal(out var quantity) || !cursor.Skip("\"]"u8) || price == 0
                || !_levels.TryAdd(Price.FromUnits(price), Quantity.FromUnits(quantity)))
            {
                return false;
            }

            count++;
        }
        while (cursor.Skip((byte)','));

        return cursor.Skip((byte)']');
    }

    private static MarketEvent SnapshotOf(long lastId, int bids, int asks, Timestamp receiveTime, long sequence) =>
        new()
        {
            Kind = MarketEventKind.BookSnapshot,
            Sequence = sequence,
            ReceiveTime = receiveTime,
            LastId = lastId,
            BidCount = bids,
            AskCount = asks,
        };
}
