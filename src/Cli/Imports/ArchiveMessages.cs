using System.Globalization;
using BtcAgent.Contracts.Wire.V1;
using BtcAgent.Research.Archives;
using WireSide = BtcAgent.Contracts.Wire.V1.Side;

namespace BtcAgent.Cli.Imports;

/// <summary>Makes the log's messages of the rows of archives.</summary>
internal static class ArchiveMessages
{
    private const long NanosecondsPerTick = 100;

    public static ClosedBar Bar(InstrumentId instrument, in ArchiveRow row) => new()
    {
        Instrument = instrument.Key,
        OpenTime = row.Time.UnixNanoseconds,
        Interval = row.Interval.Ticks * NanosecondsPerTick,
        Open = row.Open.Units,
        High = row.High.Units,
        Low = row.Low.Units,
        Close = row.Price.Units,
        Volume = row.Quantity.Units,
        BuyVolume = row.BuyVolume.Units,
        QuoteVolume = row.QuoteVolume.ToString(CultureInfo.InvariantCulture),
        TradeCount = row.TradeCount,
    };

    /// <summary>An archive has no receive time: it is the event time.</summary>
    public static MarketEvent Trade(in ArchiveRow row) => new()
    {
        Kind = MarketEventKind.Trade,
        Sequence = row.Line,
        EventTime = row.Time.UnixNanoseconds,
        ReceiveTime = row.Time.UnixNanoseconds,
        FirstId = row.FirstId,
        LastId = row.LastId,
        Price = row.Price.Units,
        Quantity = row.Quantity.Units,
        Aggressor = row.Aggressor == Domain.Side.Sell ? WireSide.Sell : WireSide.Buy,
    };
}
