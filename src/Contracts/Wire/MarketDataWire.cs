using System.Collections.Immutable;
using System.Text;
using BtcAgent.Contracts.Wire.V1;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Batch = BtcAgent.Domain.MarketData.MarketDataBatch;
using Event = BtcAgent.Domain.MarketData.MarketEvent;
using Kind = BtcAgent.Domain.MarketData.MarketEventKind;
using Level = BtcAgent.Domain.MarketData.PriceLevel;
using Notice = BtcAgent.Domain.Economy.CalendarNotice;
using Tally = BtcAgent.Domain.Sentiment.SentimentTally;
using WireKind = BtcAgent.Contracts.Wire.V1.MarketEventKind;
using WireSide = BtcAgent.Contracts.Wire.V1.Side;

namespace BtcAgent.Contracts.Wire;

/// <summary>Converts market data to and from <c>Protos/market_data.proto</c>.</summary>
public static class MarketDataWire
{
    /// <summary>A producer's clock may be up to two days ahead; a larger difference is a wrong number.</summary>
    private static readonly TimeSpan ProducerClockAheadMax = TimeSpan.FromDays(2);

    public static byte[] Encode(Batch batch)
    {
        var wire = new MarketDataBatch
        {
            Instrument = batch.Instrument.Key,
            FeedEpoch = batch.FeedEpoch,
            IngestedAt = batch.IngestedAt.UnixNanoseconds,
            Line = batch.Line,
        };
        if (batch.ClockSkewMs is { } skew)
        {
            wire.ClockSkewMs = skew;
        }

        for (var i = 0; i < batch.Events.Length; i++)
        {
            ref readonly var marketEvent = ref batch.Events.ItemRef(i);
            wire.Events.Add(ToWire(in marketEvent, batch.LevelsOf(in marketEvent)));
        }

        return wire.ToByteArray();
    }

    /// <exception cref="FormatException">
    /// Not a batch, or one that no feed can have written; the message gives the reason.
    /// </exception>
    public static Batch Decode(ReadOnlySpan<byte> data)
    {
        MarketDataBatch wire;
        try
        {
            wire = MarketDataBatch.Parser.ParseFrom(data);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new FormatException($"not a market data batch: {e.Message}", e);
        }

        if (!InstrumentId.TryParse(wire.Instrument, out var instrument))
        {
            throw new FormatException($"'{wire.Instrument}' is not an instrument id: expected VENUE:SYMBOL");
        }

        MarketDataBounds.Check(wire);
        var events = ImmutableArray.CreateBuilder<Event>(wire.Events.Count);
        var levels = ImmutableArray.CreateBuilder<Level>();
        foreach (var marketEvent in wire.Events)
        {
            var decoded = FromWire(marketEvent, levels.Count);
            switch (marketEvent.Kind)
            {
                case WireKind.Sentiment:
                    events.Add(decoded with { BidCount = TallyWire.AddTo(levels, marketEvent) });
                    break;
                case WireKind.Calendar:
                    events.Add(decoded with { BidCount = NoticeWire.AddTo(levels, marketEvent) });
                    break;
                default:
                    events.Add(decoded);
                    Add(levels, marketEvent.BidPrices, marketEvent.BidQuantities);
                    Add(levels, marketEvent.AskPrices, marketEvent.AskQuantities);
                    break;
            }
        }

        return new Batch(
            instrument,
            wire.FeedEpoch,
            events.MoveToImmutable(),
            levels.DrainToImmutable(),
            new Timestamp(wire.IngestedAt),
            wire.Line,
            wire.HasClockSkewMs && double.IsFinite(wire.ClockSkewMs) ? wire.ClockSkewMs : null);
    }

    /// <summary>
    /// Decodes a message of the log. Its key must be the batch's instrument, because the grain of another key could not serve
    /// it. Uses only the data in the log, so that every later reader reaches the same result.
    /// </summary>
    /// <exception cref="FormatException">
    /// The key, the batch or its time is not possible; the message gives the reason.
    /// </exception>
    public static Batch DecodeMessage(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, DateTimeOffset? loggedAt)
    {
        var batch = Decode(data);
        var text = Encoding.UTF8.GetString(key);
        if (text != batch.Instrument.Key)
        {
            throw new FormatException($"key '{text}' is not the batch's instrument, {batch.Instrument}");
        }

        return loggedAt is { } at && batch.IngestedAt.ToDateTimeOffset() - at > ProducerClockAheadMax
            ? throw new FormatException($"ingested_at {batch.IngestedAt} is more than {ProducerClockAheadMax.TotalDays:F0} days after the message's time in the log, {at:O}")
            : batch;
    }

    internal static WireSide ToWire(Domain.Side side) => side == Domain.Side.Buy ? WireSide.Buy : WireSide.Sell;

    private static MarketEvent ToWire(in Event marketEvent, ReadOnlySpan<Level> levels)
    {
        var wire = new MarketEvent
        {
            Kind = marketEvent.Kind switch
            {
                Kind.Trade => WireKind.Trade,
                Kind.Quote => WireKind.Quote,
                Kind.BookDelta => WireKind.BookDelta,
                Kind.BookSnapshot => WireKind.BookSnapshot,
                Kind.FeedInterrupted => WireKind.FeedInterrupted,
                Kind.Sentiment => WireKind.Sentiment,
                Kind.Calendar => WireKind.Calendar,
                _ => throw new NotSupportedException($"no wire kind for {marketEvent.Kind}"),
            },
            Sequence = marketEvent.Sequence,
            EventTime = marketEvent.EventTime.UnixNanoseconds,
            ReceiveTime = marketEvent.ReceiveTime.UnixNanoseconds,
            FirstId = marketEvent.FirstId,
            LastId = marketEvent.LastId,
            Price = marketEvent.Price.Units,
            Quantity = marketEvent.Quantity.Units,
            AskPrice = marketEvent.AskPrice.Units,
            AskQuantity = marketEvent.AskQuantity.Units,
            Aggressor = marketEvent.Kind == Kind.Trade ? ToWire(marketEvent.Aggressor) : WireSide.Unspecified,
        };
        if (marketEvent.Kind == Kind.Sentiment)
        {
            wire.Sentiment = TallyWire.ToWire(Tally.Read(in marketEvent, levels));
            return wire;
        }

        if (marketEvent.Kind == Kind.Calendar)
        {
            wire.Calendar = NoticeWire.ToWire(Notice.Read(in marketEvent, levels));
            return wire;
        }

        foreach (var level in levels[..marketEvent.BidCount])
        {
            wire.BidPrices.Add(level.Price.Units);
            wire.BidQuantities.Add(level.Quantity.Units);
        }

        foreach (var level in levels[marketEvent.BidCount..])
        {
            wire.AskPrices.Add(level.Price.Units);
            wire.AskQuantities.Add(level.Quantity.Units);
        }

        return wire;
    }

    private static Event FromWire(MarketEvent wire, int levelsStart) => new()
    {
        Kind = wire.Kind switch
        {
            WireKind.Trade => Kind.Trade,
            WireKind.Quote => Kind.Quote,
            WireKind.BookDelta => Kind.BookDelta,
            WireKind.BookSnapshot => Kind.BookSnapshot,
            WireKind.FeedInterrupted => Kind.FeedInterrupted,
            WireKind.Sentiment => Kind.Sentiment,
            WireKind.Calendar => Kind.Calendar,
            _ => throw new FormatException($"event {wire.Sequence} has an unknown kind ({(int)wire.Kind})"),
        },
        Sequence = wire.Sequence,
        EventTime = new Timestamp(wire.EventTime),
        ReceiveTime = new Timestamp(wire.ReceiveTime),
        FirstId = wire.FirstId,
        LastId = wire.LastId,
        Price = PriceOf(wire.Price),
        Quantity = QuantityOf(wire.Quantity),
        AskPrice = PriceOf(wire.AskPrice),
        AskQuantity = QuantityOf(wire.AskQuantity),
        Aggressor = wire.Aggressor == WireSide.Sell ? Domain.Side.Sell : Domain.Side.Buy,
        LevelsStart = levelsStart,
        BidCount = wire.BidPrices.Count,
        AskCount = wire.AskPrices.Count,
    };

    private static void Add(ImmutableArray<Level>.Builder levels, RepeatedField<long> prices, RepeatedField<long> quantities)
    {
        if (prices.Count != quantities.Count)
        {
            throw new FormatException($"{prices.Count} prices with {quantities.Count} quantities");
        }

        for (var i = 0; i < prices.Count; i++)
        {
            levels.Add(new Level(PriceOf(prices[i]), QuantityOf(quantities[i])));
        }
    }

    private static Price PriceOf(long units) =>
        units >= 0 ? Price.FromUnits(units) : throw new FormatException($"a price of {units} units is negative");

    private static Quantity QuantityOf(long units) =>
        units >= 0 ? Quantity.FromUnits(units) : throw new FormatException($"a quantity of {units} units is negative");
}
