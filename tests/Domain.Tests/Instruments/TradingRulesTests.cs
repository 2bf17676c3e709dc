using BtcAgent.Domain.Instruments;

namespace BtcAgent.Domain.Tests.Instruments;

public sealed class TradingRulesTests
{
    [Theory]
    [InlineData("0.001", "0.0019", "0.001")]
    [InlineData("0.001", "0.0009", "0")]
    [InlineData("0.001", "2", "2")]
    [InlineData("0", "0.00000001", "0.00000001")]
    public void RoundDownToLot_Quantity_IsWholeLotsOrAnyWithoutALot(string lot, string quantity, string expected)
    {
        var rules = new TradingRules
        {
            Instrument = InstrumentId.Parse("BINANCE:BTCUSDT"),
            BaseAsset = "BTC",
            QuoteAsset = "USDT",
            TickSize = Price.Parse("0.01"),
            LotSize = Quantity.Parse(lot),
            MinQuantity = default,
            MaxQuantity = Quantity.Parse("100"),
            MinNotional = 0,
        };

        Assert.Equal(Quantity.Parse(expected), rules.RoundDownToLot(Quantity.Parse(quantity)));
    }
}
