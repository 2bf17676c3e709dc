using System.Text;

namespace BtcAgent.Exchanges.Binance.Frames;

public sealed partial class BinanceFrameParser
{
    private FrameOutcome ParseAnyOrder(
        ReadOnlySpan<byte> frame, Timestamp receiveTime, long sequence, out MarketEvent marketEvent)
    {
        marketEvent = default;
        if (!FrameFields.TryRead(frame, out var fields))
        {
            return RefuseMalformed("not one whole JSON object (cut off?)", frame);
        }

        var reading = new FrameReading(frame) { ReceiveTime = receiveTime, Sequence = sequence };
        var stream = fields.Stream;
        if (!fields.Data.IsEmpty && !FrameFields.TryRead(fields.Data, out fields))
        {
            return RefuseMalformed("'data' is not a JSON object", frame);
        }

        if (!fields.EventType.IsEmpty)
        {
            return ParseByType(ref reading, fields, out marketEvent);
        }

        if (!fields.LastUpdateId.IsEmpty && !fields.Bids.IsEmpty && !fields.Asks.IsEmpty)
        {
            return stream.IsEmpty
                ? ParseSnapshot(ref reading, fields, out marketEvent)
                : RefuseUnknown($"partial book of stream {Encoding.UTF8.GetString(stream)}", frame);
        }

        if (!fields.BigB.IsEmpty && !fields.BigA.IsEmpty && !fields.LastId.IsEmpty)
        {
            return ParseQuote(ref reading, fields, out marketEvent);
        }

        if (!fields.Result.IsEmpty && !fields.Id.IsEmpty)
        {
            return FrameOutcome.Control;
        }

        return RefuseUnknown(
            fields.Message.IsEmpty ? "no event type 'e'" : $"the venue says {FrameExcerpt.Of(fields.Message)}", frame);
    }

    private FrameOutcome ParseByType(ref FrameReading reading, in FrameFields fields, out MarketEvent marketEvent)
    {
        marketEvent = default;
        if (fields.EventType.SequenceEqual("\"trade\""u8))
        {
            return ParseTrade(ref reading, fields, out marketEvent);
        }

        if (fields.EventType.SequenceEqual("\"depthUpdate\""u8))
        {
            return ParseDepth(ref reading, fields, out marketEvent);
        }

        if (fields.EventType.SequenceEqual("\"bookTicker\""u8))
        {
            return ParseQuote(ref reading, fields, out marketEvent);
        }

        if (fields.EventType.SequenceEqual("\"feedInterrupted\""u8))
        {
            // Written by our recorder where it lost the connection; Binance sends no such event.
            marketEvent = new MarketEvent
            {
                Kind = MarketEventKind.FeedInterrupted,
                Sequence = reading.Sequence,
                ReceiveTime = reading.ReceiveTime,
            };
            return FrameOutcome.Event;
        }

        if (fields.EventType.SequenceEqual("\"serverShutdown\""u8))
        {
            return FrameOutcome.ServerShutdown;
        }

        return fields.EventType.SequenceEqual("\"kline\""u8)
            ? ParseKline(ref reading, fields)
            : RefuseUnknown($"event type {FrameExcerpt.Of(fields.EventType)}", reading.Frame);
    }

    private FrameOutcome ParseTrade(ref FrameReading reading, in FrameFields fields, out MarketEvent marketEvent)
    {
        marketEvent = default;
        var symbol = reading.Symbol(fields.Symbol);
        var id = reading.Integer("t", fields.SmallT);
        var price = reading.Positive("p", fields.Price);
        var quantity = reading.Positive("q", fields.Quantity);
        var time = reading.Time("T", fields.BigT);
        var sellerTook = reading.Boolean("m", fields.BuyerIsMaker);
        if (reading.Problem is not null)
        {
            return RefuseMalformed($"trade: {reading.Problem}", reading.Frame);
        }

        marketEvent = new MarketEvent
        {
            Kind = MarketEventKind.Trade,
            Sequence = reading.Sequence,
            EventTime = time,
            ReceiveTime = reading.ReceiveTime,
            FirstId = id,
            LastId = id,
            Price = Price.FromUnits(price),
            Quantity = Quantity.FromUnits(quantity),
            Aggressor = sellerTook ? Side.Sell : Side.Buy,
        };
        return OutcomeFor(symbol);
    }

    private FrameOutcome ParseQuote(ref FrameReading reading, in FrameFields fields, out MarketEvent marketEvent)
    {
        marketEvent = default;
        var symbol = reading.Symbol(fields.Symbol);
        var updateId = reading.Integer("u", fields.LastId);
        var bid = reading.Decimal("b", fields.SmallB);
        var bidQuantity = reading.Decimal("B", fields.BigB);
        var ask = reading.Decimal("a", fields.SmallA);
        var askQuantity = reading.Decimal("A", fields.BigA);
        var time = fields.EventTime.IsEmpty ? Timestamp.Unknown : reading.Time("E", fields.EventTime);
        if (reading.Problem is not null)
        {
            return RefuseMalformed($"bookTicker: {reading.Problem}", reading.Frame);
        }

        marketEvent = new MarketEvent
        {
            Kind = MarketEventKind.Quote,
            Sequence = reading.Sequence,
            EventTime = time,
            ReceiveTime = reading.ReceiveTime,
            LastId = updateId,
            Price = Price.FromUnits(bid),
            Quantity = Quantity.FromUnits(bidQuantity),
            AskPrice = Price.FromUnits(ask),
            AskQuantity = Quantity.FromUnits(askQuantity),
        };
        return OutcomeFor(symbol);
    }

    private FrameOutcome ParseDepth(ref FrameReading reading, in FrameFields fields, out MarketEvent marketEvent)
    {
        marketEvent = default;
        var symbol = reading.Symbol(fields.Symbol);
        var time = reading.Time("E", fields.EventTime);
        var firstId = reading.Integer("U", fields.FirstId);
        var lastId = reading.Integer("u", fields.LastId);
        var bids = reading.Levels("b", fields.SmallB, _levels);
        var asks = reading.Levels("a", fields.SmallA, _levels);
        if (reading.Problem is null && firstId > lastId)
        {
            reading.Problem = $"'U' {firstId} is above 'u' {lastId}";
        }

        if (reading.Problem is not null)
        {
            return RefuseMalformed($"depthUpdate: {reading.Problem}", reading.Frame);
        }

        marketEvent = new MarketEvent
        {
            Kind = MarketEventKind.BookDelta,
            Sequence = reading.Sequence,
            EventTime = time,
            ReceiveTime = reading.ReceiveTime,
            FirstId = firstId,
            LastId = lastId,
            BidCount = bids,
            AskCount = asks,
        };
        return OutcomeFor(symbol);
    }

    private FrameOutcome ParseSnapshot(ref FrameReading reading, in FrameFields fields, out MarketEvent marketEvent)
    {
        marketEvent = default;
        var lastId = reading.Integer("lastUpdateId", fields.LastUpdateId);
        var bids = reading.Levels("bids", fields.Bids, _levels);
        var asks = reading.Levels("asks", fields.Asks, _levels);
        if (reading.Problem is not null)
        {
            return RefuseMalformed($"depth snapshot: {reading.Problem}", reading.Frame);
        }

        marketEvent = SnapshotOf(lastId, bids, asks, reading.ReceiveTime, reading.Sequence);
        return FrameOutcome.Event;
    }

    private FrameOutcome ParseKline(ref FrameReading reading, in FrameFields fields)
    {
        if (!FrameFields.TryRead(fields.Kline, out var bar))
        {
            return RefuseMalformed("kline: 'k' is not a JSON object", reading.Frame);
        }

        var symbol = reading.Symbol(fields.Symbol);
        var kline = new VenueBar
        {
            OpenTime = reading.Time("k.t", bar.SmallT),
            CloseTime = reading.Time("k.T", bar.BigT),
            Open = Price.FromUnits(reading.Positive("k.o", bar.Open)),
            High = Price.FromUnits(reading.Positive("k.h", bar.High)),
            Low = Price.FromUnits(reading.Positive("k.l", bar.Low)),
            Close = Price.FromUnits(reading.Positive("k.c", bar.Close)),
            Volume = Quantity.FromUnits(reading.Decimal("k.v", bar.Volume)),
            TradeCount = reading.Integer("k.n", bar.Count),
            IsClosed = reading.Boolean("k.x", bar.IsClosed),
        };
        if (reading.Problem is not null)
        {
            return RefuseMalformed($"kline: {reading.Problem}", reading.Frame);
        }

        _kline = kline;
        return symbol.SequenceEqual(_symbol) ? FrameOutcome.Kline : FrameOutcome.OtherSymbol;
    }

    private FrameOutcome OutcomeFor(ReadOnlySpan<byte> symbol)
    {
        if (symbol.SequenceEqual(_symbol))
        {
            return FrameOutcome.Event;
        }

        _levels.Clear();
        return FrameOutcome.OtherSymbol;
    }
}
