using BtcAgent.Domain;
using BtcAgent.Domain.Instruments;

namespace BtcAgent.Grains.Tests.Instruments;

/// <summary>Rules of a venue as most tests need them.</summary>
internal static class PlainRules
{
    /// <param name="instrument">Instrument with quote asset USDT.</param>
    public static TradingRules Of(InstrumentId instrument) => new()
    {
        Instrument = instrument,
        BaseAsset = instrument.Symbol[..^"USDT".Length],
        QuoteAsset = "USDT",
        TickSize = Price.Parse("0.01"),
        LotSize = Quantity.Parse("0.00001"),
        MinQuantity = Quantity.Parse("0.00001"),
        MaxQuantity = Quantity.Parse("9000"),
        MinNotional = 5,
    };
}
