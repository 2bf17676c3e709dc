using System.Globalization;
using BtcAgent.Contracts.Wire.V1;
using DomainBar = BtcAgent.Domain.Bars.Bar;
using DomainEvent = BtcAgent.Domain.MarketData.MarketEvent;
using WireSide = BtcAgent.Contracts.Wire.V1.Side;

namespace BtcAgent.History.Imports;

/// <summary>Makes the log's messages of imported rows.</summary>
public static class ImportMessages
{
    /// <summary>For a quantity or a count that a file does not have.</summary>
    public const int Unknown = -1;

    private const long NanosecondsPerTick = 100;

    /// <param name="one">A trade or a quote; its sequence is the line.</param>
    public static MarketEvent Event(in DomainEvent one) => new()
    {
        Kind = one.Kind == Domain.MarketData.MarketEventKind.Trade ? MarketEventKind.Trade : MarketEventKind.Quote,
        Sequence = one.Sequence,
        EventTime = one.EventTime.UnixNanoseconds,
        ReceiveTime = one.ReceiveTime.UnixNanoseconds,
        FirstId = one.FirstId,
        LastId = one.LastId,
        Price = one.Price.Units,
        Quantity = one.Quantity.Units,
        AskPrice = one.AskPrice.Units,
        AskQuantity = one.AskQuantity.Units,
        Aggressor = one.Aggressor switch { Domain.Side.Buy => WireSide.Buy, Domain.Side.Sell => WireSide.Sell, _ => WireSide.Unspecified },
    };

    public static ClosedBar Bar(InstrumentId instrument, in DomainBar bar) => new()
    {
        Instrument = instrument.Key,
        OpenTime = bar.OpenTime.UnixNanoseconds,
        Interval = bar.Interval.Ticks * NanosecondsPerTick,
        Open = bar.Open.Units,
        High = bar.High.Units,
        Low = bar.Low.Units,
        Close = bar.Close.Units,
        Volume = bar.Volume.Units,
        BuyVolume = bar.BuyVolume.Units,
        QuoteVolume = bar.QuoteVolume.ToString(CultureInfo.InvariantCulture),
        TradeCount = bar.TradeCount,
    };

    /// <summary>A bar of which only prices and volume are known.</summary>
    public static ClosedBar PlainBar(InstrumentId instrument, in DomainBar bar)
    {
        var message = Bar(instrument, in bar);
        (message.BuyVolume, message.QuoteVolume, message.TradeCount) = (Unknown, "", Unknown);
        return message;
    }
}
