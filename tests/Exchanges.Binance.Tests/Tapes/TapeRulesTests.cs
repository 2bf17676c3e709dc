using Microsoft.Extensions.Options;

namespace BtcAgent.Exchanges.Binance.Tests.Tapes;

/// <summary>The assets of a tape's instrument, which frames do not contain.</summary>
public sealed class TapeRulesTests
{
    [Theory]
    [InlineData("BINANCE:ETHUSDT", null, "USDT", "ETH")]
    [InlineData("BINANCE:ETHBTC", null, "BTC", "ETH")]
    [InlineData("BINANCE:ETHUSDT", "STETH", "USDT", "STETH")]
    public async Task Rules_BaseAsset_IsTheSymbolWithoutItsQuoteUnlessItIsSet(string instrument, string? given, string quote, string expected) =>
        Assert.Equal(expected, (await RulesAsync(instrument, given, quote)).BaseAsset);

    [Theory]
    [InlineData("BINANCE:ETHEUR")]
    [InlineData("BINANCE:USDT")]
    public async Task Rules_SymbolOfAnotherQuote_NamesTheSettings(string instrument)
    {
        var refused = await Assert.ThrowsAsync<MarketFeedException>(() => RulesAsync(instrument, null, "USDT"));

        Assert.Contains("set Tape:QuoteAsset and Tape:BaseAsset", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<Domain.Instruments.TradingRules> RulesAsync(string instrument, string? baseAsset, string quote) =>
        await new TapeFeed(Options.Create(new TapeOptions { BaseAsset = baseAsset, QuoteAsset = quote }), TimeProvider.System)
            .GetTradingRulesAsync(InstrumentId.Parse(instrument), TestContext.Current.CancellationToken);
}
